/** Tells MongoDB's errors apart by what a caller can do about them. */
import { MongoNetworkError, MongoServerError, MongoSystemError, MongoWriteConcernError } from 'mongodb';
import { GoboolError } from '../../../runtime/base/error.ts';

/**
 * The server's codes for: unreachable, not primary, stepping down, shutting down, out of time. The driver retries
 * them once.
 */
const PASSING = new Set([6, 7, 89, 91, 134, 189, 262, 9001, 10_107, 11_600, 11_602, 13_435, 13_436]);

/** `error` is what the driver threw. */
export function documentsError(error: unknown): GoboolError {
  const code = isPassing(error) ? 'GB_DOCUMENTS_UNAVAILABLE' : 'GB_DOCUMENTS_REFUSED';
  return new GoboolError(code, error instanceof Error ? error.message : String(error), { cause: error });
}

/** No server found, connection broken, or no majority in time: then the write may be there. */
const isPassing = (error: unknown) =>
  error instanceof MongoSystemError ||
  error instanceof MongoNetworkError ||
  error instanceof MongoWriteConcernError ||
  (error instanceof MongoServerError && PASSING.has(Number(error.code)));
