/** The coded error that an operation ends with; fails the test if it succeeds or throws anything else. */
import { expect } from 'vitest';
import { GoboolError } from '../../src/runtime/base/error.ts';

export async function errorOf(operation: () => unknown): Promise<GoboolError> {
  try {
    await operation();
  } catch (error) {
    expect(error).toBeInstanceOf(GoboolError);
    return error as GoboolError;
  }
  throw new Error('It succeeded, but should have failed.');
}
