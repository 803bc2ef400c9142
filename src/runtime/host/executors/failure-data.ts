/** Errors of a bundle as plain data, to cross from its thread to the host. */
import { type ErrorData, errorToData, GoboolError } from '../../base/error.ts';

/**
 * Whatever a bundle threw, as plain data. `stack` is that of the first cause, where the user's code stands.
 * A bundle has its own copy of `GoboolError`, so the class is known by its name.
 */
export function failureData(error: unknown): ErrorData {
  const coded = isCoded(error) ? error : new GoboolError('GB_STRATEGY_THREW', messageOf(error), { cause: error });
  const cause = coded.cause instanceof Error ? coded.cause : coded;
  return { ...errorToData(coded), ...(cause.stack !== undefined && { stack: cause.stack }) };
}

function isCoded(error: unknown): error is GoboolError {
  return error instanceof Error && error.name === 'GoboolError' && 'code' in error;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
