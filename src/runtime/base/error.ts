/**
 * The one error that users see: a stable code, what happened, where, and the next step.
 * Exit codes, reasons and general remedies live in the catalogue (`error-codes/`), which only the host reads, so that
 * their wording never enters a strategy bundle.
 */
import type { ErrorCode } from './error-codes/index.ts';

/** The bar at which a strategy failed. */
export interface BarPlace {
  readonly feed: string;
  /** 0-based index of the bar in its feed. */
  readonly index: number;
  /** Open of the bar, epoch milliseconds, UTC. */
  readonly time: number;
  /** What the strategy could read there: prices, indicators, parameters. */
  readonly values: Readonly<Record<string, number | string | boolean>>;
}

/** Where an error happened; every part is optional. Lines and columns count from 1. */
export interface Where {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  /** A few source lines with a marker. */
  readonly frame?: string;
  readonly bar?: BarPlace;
}

export interface ErrorDetails {
  /** The next step, best as a command to run. Without it the catalogue's general hint is shown. */
  readonly hint?: string;
  readonly where?: Where;
  /** Several problems found at once, one line each. */
  readonly problems?: readonly string[];
  readonly cause?: unknown;
}

export class GoboolError extends Error {
  override readonly name = 'GoboolError';
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly where: Where | undefined;
  readonly problems: readonly string[];

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.hint = details.hint;
    this.where = details.where;
    this.problems = details.problems ?? [];
  }
}

/** A `GoboolError` as plain data, to cross a thread or a file. */
export interface ErrorData extends Omit<ErrorDetails, 'cause'> {
  readonly code: ErrorCode;
  readonly message: string;
  readonly stack?: string;
}

export function errorToData(error: GoboolError): ErrorData {
  return {
    code: error.code,
    message: error.message,
    problems: error.problems,
    ...(error.hint !== undefined && { hint: error.hint }),
    ...(error.where !== undefined && { where: error.where }),
    ...(error.stack !== undefined && { stack: error.stack }),
  };
}

export function errorFromData(data: ErrorData): GoboolError {
  const error = new GoboolError(data.code, data.message, data);
  if (data.stack !== undefined) error.stack = data.stack;
  return error;
}
