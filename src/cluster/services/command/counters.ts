/** What a replica did since it started, shown by its health. */
export interface Counters {
  /** Runs taken in, cancelled, moved or refused. */
  commands: number;
  /** Commands that changed nothing: repeated, too late, or of another key. */
  ignoredCommands: number;
  /** Messages about tasks. */
  facts: number;
  /** Of these: of an earlier attempt, of another worker, too late, or repeated. */
  fencedFacts: number;
  dispatched: number;
  /** Attempts whose worker did not take them in time, or vanished. */
  abandoned: number;
  /** Messages given to the log. */
  sent: number;
  /** Messages that could not be read or handled. */
  unreadable: number;
  /** Those, of all services, of which a case was made. */
  cases: number;
  /** Runs that were not over in time. */
  overdue: number;
  /** Tries to tell somebody outside something. */
  delivered: number;
}

export const newCounters = (): Counters => ({
  commands: 0,
  ignoredCommands: 0,
  facts: 0,
  fencedFacts: 0,
  dispatched: 0,
  abandoned: 0,
  sent: 0,
  unreadable: 0,
  cases: 0,
  overdue: 0,
  delivered: 0,
});
