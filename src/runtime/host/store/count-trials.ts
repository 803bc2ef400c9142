/** Enters trials into the ledger: one row per distinct run, which stays when the run is removed. */
import type { ParamValue } from '../../sdk/params.ts';
import { inTransaction, type RunStore } from './open-store.ts';

/** Trials of one family compete with each other: the same strategy, by its name, on the same datasets. */
export interface Trial {
  readonly strategy: string;
  /** Their names, in the order of the strategy's feeds. */
  readonly datasets: readonly string[];
  readonly runKey: string;
  readonly resultHash: string;
  readonly params: Readonly<Record<string, ParamValue>>;
  /** Annual; null where it is not defined. */
  readonly sharpe: number | null;
  /** Daily returns that it rests on. */
  readonly samples: number;
  /** Wall clock, epoch milliseconds. */
  readonly createdMs: number;
}

/**
 * Those of a sweep, which may still turn out to be wrong. All of them, or none where the store fails. A run that is
 * known by its `runKey` is counted as one more run of it.
 */
export function countTrials(store: RunStore, trials: readonly Trial[]): void {
  inTransaction(store, () => insertTrials(store, trials, 0));
}

/** What the ledger keeps of a result. */
type TrialResult = Pick<Trial, 'runKey' | 'resultHash' | 'sharpe' | 'samples'>;

/** The sweep that gave these is proved: later runs of the same inputs must give the same. */
export function proveTrials(store: RunStore, trials: readonly TrialResult[]): void {
  inTransaction(store, () => {
    const statement = store.index.prepare(
      `UPDATE trials SET result_hash = ?, sharpe = ?, samples = ?, proved = 1 WHERE run_key = ? AND proved = 0`,
    );
    for (const { runKey, resultHash, sharpe, samples } of trials) statement.run(resultHash, sharpe, samples, runKey);
  });
}

/** Takes one run off each; a trial that no other run made is forgotten. For results that turned out to be wrong. */
export function uncountTrials(store: RunStore, runKeys: readonly string[]): void {
  inTransaction(store, () => {
    const less = store.index.prepare('UPDATE trials SET runs = runs - 1 WHERE run_key = ?');
    const forget = store.index.prepare('DELETE FROM trials WHERE run_key = ? AND runs < 1');
    for (const runKey of runKeys) {
      less.run(runKey);
      forget.run(runKey);
    }
  });
}

/** Within a transaction of the caller. What is proved replaces what is not. */
export function insertTrials({ index }: RunStore, trials: readonly Trial[], proved: 0 | 1): void {
  const instead = (column: string) => `${column} = iif(excluded.proved > proved, excluded.${column}, ${column})`;
  const statement = index.prepare(
    `INSERT INTO trials (run_key, result_hash, strategy, datasets, params, sharpe, samples, first_ms, runs, proved)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, ?) ON CONFLICT (run_key) DO UPDATE
     SET runs = runs + 1, ${['result_hash', 'sharpe', 'samples', 'proved'].map(instead).join(', ')}`,
  );
  for (const { runKey, resultHash, strategy, datasets, params, sharpe, samples, createdMs } of trials)
    statement.run(
      runKey,
      resultHash,
      strategy,
      JSON.stringify(datasets),
      JSON.stringify(params),
      sharpe,
      samples,
      createdMs,
      proved,
    );
}
