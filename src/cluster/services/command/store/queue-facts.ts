/** What waits, runs and is ill, for metrics: read through the indexes of open tasks, however many have ended. */
import type { Queries } from '../../../ports/sql.ts';

export interface QueueFacts {
  readonly queued: number;
  readonly dispatched: number;
  readonly running: number;
  /** When the oldest run was submitted that has a task waiting; epoch milliseconds. Null: nothing waits. */
  readonly oldestMs: number | null;
  /** Messages that the log does not have yet. */
  readonly outbox: number;
}

const count = (state: string) => `(SELECT count(*)::int FROM gobool.tasks WHERE state = '${state}') AS ${state}`;

const FACTS = `
  SELECT ${count('queued')}, ${count('dispatched')}, ${count('running')},
    (SELECT min(submitted_ms)::float8 FROM gobool.runs
      WHERE run_id IN (SELECT run_id FROM gobool.tasks WHERE state = 'queued')) AS "oldestMs",
    (SELECT count(*)::int FROM gobool.outbox) AS outbox`;

export async function queueFacts(queries: Queries): Promise<QueueFacts> {
  const [facts] = await queries.query<QueueFacts>(FACTS);
  return facts ?? { queued: 0, dispatched: 0, running: 0, oldestMs: null, outbox: 0 };
}

/** `retrying`: tried again by itself; `open`: a person decides. */
export interface CaseCounts {
  readonly [state: string]: number;
  readonly retrying: number;
  readonly open: number;
}

const CASES = `
  SELECT count(*) FILTER (WHERE state = 'retrying')::int AS retrying,
    count(*) FILTER (WHERE state = 'open')::int AS open
  FROM gobool.cases WHERE state IN ('retrying', 'open')`;

export async function caseCounts(queries: Queries): Promise<CaseCounts> {
  const [counts] = await queries.query<CaseCounts>(CASES);
  return counts ?? { retrying: 0, open: 0 };
}
