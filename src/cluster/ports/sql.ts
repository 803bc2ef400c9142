/**
 * A relational database: the command side's store of truth.
 * Errors are coded: `GB_SQL_UNAVAILABLE` (nobody knows whether a write that was on its way was done), `GB_SQL_TIMEOUT`
 * (rolled back), `GB_SQL_CONFLICT` (another transaction was first; rolled back, try again or give up),
 * `GB_SQL_REFUSED`.
 */

export type SqlValue = string | number | bigint | boolean | Date | Uint8Array | null | readonly SqlValue[];

export interface Queries {
  /**
   * One statement with `$1`, `$2` for its values. The caller vouches for the type of the rows: `bigint` and `numeric`
   * columns, being exact, come as strings, timestamps as `Date`, `json` parsed.
   */
  query<Row extends object>(text: string, values?: readonly SqlValue[]): Promise<readonly Row[]>;
}

export interface Sql extends Queries {
  /**
   * All that `work` does through its argument happens or, if it throws, nothing. An abort while it runs rolls back and
   * throws the signal's reason; once the commit is on its way, the commit decides.
   */
  transaction<T>(work: (queries: Queries) => Promise<T>, signal?: AbortSignal): Promise<T>;
  /**
   * Yields soon after a transaction was committed that called `pg_notify` on the channel, an identifier. Several may
   * come as one; where the connection broke, one may come for nothing or not at all. Ends with the signal.
   */
  notifications(channel: string, signal: AbortSignal): AsyncIterable<void>;
  /** Waits for what runs; after it nothing may be called. */
  close(): Promise<void>;
}
