import { GoboolError } from '../../../../runtime/base/error.ts';

const USUAL_LIMIT = 100;
const LIMIT_MAX = 1_000;

/** How many items of a list are asked for. Throws `GB_REQUEST_INVALID`. */
export function limitOf(text: string | undefined): number {
  const limit = text === undefined ? USUAL_LIMIT : Number(text);
  if (Number.isInteger(limit) && limit > 0) return Math.min(limit, LIMIT_MAX);
  throw new GoboolError('GB_REQUEST_INVALID', `limit is ${text}, not a whole number above 0.`);
}
