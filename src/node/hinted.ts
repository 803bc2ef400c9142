import { GoboolError } from '../runtime/base/error.ts';
import { ERROR_CATALOGUE } from '../runtime/base/error-codes/index.ts';

/** An error without a hint of its own gets the general one of its code, which a command shows. */
export async function hinted<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof GoboolError) || error.hint !== undefined) throw error;
    throw Object.assign(error, { hint: ERROR_CATALOGUE[error.code].hint });
  }
}
