/** Tells PostgreSQL's errors apart by what a caller can do about them. */

import { GoboolError } from '../../../runtime/base/error.ts';
import type { ErrorCode } from '../../../runtime/base/error-codes/index.ts';

/** By SQLSTATE or its class, the first two letters; see appendix A of PostgreSQL's manual. */
const CODES: Readonly<Record<string, ErrorCode>> = {
  '08': 'GB_SQL_UNAVAILABLE', // connection
  '23505': 'GB_SQL_CONFLICT', // unique
  '23P01': 'GB_SQL_CONFLICT', // exclusion
  '25P03': 'GB_SQL_TIMEOUT', // idle in transaction
  '40': 'GB_SQL_CONFLICT', // serialization, deadlock
  '53': 'GB_SQL_UNAVAILABLE', // connections, memory, disk
  '55P03': 'GB_SQL_TIMEOUT', // lock
  '57014': 'GB_SQL_TIMEOUT', // statement
  '57P': 'GB_SQL_UNAVAILABLE', // shutting down, starting
};

/** `error` is what `pg` threw. Without a SQLSTATE the connection broke, could not be made, or says nothing any more. */
export function sqlError(error: unknown): GoboolError {
  const { code, message } = error as { code?: unknown; message: string };
  const state = typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
  return new GoboolError(codeOf(state), message, { cause: error });
}

function codeOf(state: string | undefined): ErrorCode {
  if (state === undefined) return 'GB_SQL_UNAVAILABLE';
  return CODES[state] ?? CODES[state.slice(0, 3)] ?? CODES[state.slice(0, 2)] ?? 'GB_SQL_REFUSED';
}
