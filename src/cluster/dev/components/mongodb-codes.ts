/** The server's answers that are no failures here. */
import { MongoServerError } from 'mongodb';

export const MONGO_CODES = {
  alreadyInitialized: 23,
  namespaceNotFound: 26,
  notYetInitialized: 94,
  userAlreadyExists: 51_003,
} as const;

export const hasCode = (error: unknown, code: number) => error instanceof MongoServerError && error.code === code;
