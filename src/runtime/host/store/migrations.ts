/**
 * The index's schema as a list of steps; a store at `PRAGMA user_version` n has the first n of them.
 * A published step never changes: a change is a new step at the end.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE runs (
    run_id      TEXT PRIMARY KEY,
    run_key     TEXT NOT NULL,
    result_hash TEXT NOT NULL,
    created_ms  INTEGER NOT NULL,
    strategy    TEXT NOT NULL,
    params      TEXT NOT NULL, -- JSON
    datasets    TEXT NOT NULL, -- JSON list of names
    state       TEXT NOT NULL,
    metrics     TEXT NOT NULL  -- JSON, name to number or null
  ) STRICT;
  CREATE INDEX runs_by_time ON runs (created_ms);
  CREATE INDEX runs_by_key ON runs (run_key);

  -- The ledger: every distinct run ever made. Rows outlive their runs, so that the number of trials stays true.
  CREATE TABLE trials (
    run_key     TEXT PRIMARY KEY,
    result_hash TEXT NOT NULL, -- of the first run
    strategy    TEXT NOT NULL,
    params      TEXT NOT NULL, -- JSON
    sharpe      REAL,
    samples     INTEGER NOT NULL, -- daily returns that the Sharpe ratio rests on
    first_ms    INTEGER NOT NULL,
    runs        INTEGER NOT NULL
  ) STRICT;
  `,
  `
  -- JSON list of names: with the strategy's name it says which trials compete with each other.
  ALTER TABLE trials ADD COLUMN datasets TEXT NOT NULL DEFAULT '[]';
  UPDATE trials SET datasets = coalesce((SELECT datasets FROM runs WHERE runs.run_key = trials.run_key), '[]');
  -- Holds all that the statistics of a family read.
  CREATE INDEX trials_by_family ON trials (strategy, datasets, result_hash, sharpe);
  `,
  `
  -- 0: of a sweep that is not proved yet. It counts, but what it says of the result convicts nobody.
  ALTER TABLE trials ADD COLUMN proved INTEGER NOT NULL DEFAULT 1;
  `,
];
