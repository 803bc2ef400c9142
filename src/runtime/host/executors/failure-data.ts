/** Errors of a bundle as plain data, to cross from its thread to the host. */
import { type ErrorData, errorToData, GoboolError } from '../../base/error.ts';
import { isA, thrownStack, thrownText } from '../../base/thrown.ts';

/**
 * Whatever a bundle threw, as plain data. `stack` is that of the first cause, where the user's code stands.
 * A bundle has its own copy of `GoboolError`, so the class is known by its name.
 */
export function failureData(error: unknown): ErrorData {
  const coded = isCoded(error) ? error : new GoboolError('GB_STRATEGY_THREW', thrownText(error), { cause: error });
  const stack = thrownStack(coded.cause) ?? thrownStack(coded);
  const { stack: _, ...data } = errorToData(coded);
  return { ...data, ...(stack !== undefined && { stack }) };
}

function isCoded(error: unknown): error is GoboolError {
  return isA(error, Error) && error.name === 'GoboolError' && 'code' in error;
}
