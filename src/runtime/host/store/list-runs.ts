/** The runs of a project as a list, with the numbers that conditions and sorting can name. */
import { type Condition, evaluateCondition } from '../../base/conditions.ts';
import type { ParamValue } from '../../sdk/params.ts';
import { adoptRuns } from './adopt-runs.ts';
import type { RunStore } from './open-store.ts';
import type { RunValues } from './run-values.ts';
import { withSqliteErrors } from './sqlite-error.ts';

export interface ListedRun {
  readonly runId: string;
  readonly runKey: string;
  readonly resultHash: string;
  /** Epoch milliseconds. */
  readonly createdMs: number;
  readonly strategy: string;
  readonly params: Readonly<Record<string, ParamValue>>;
  readonly datasets: readonly string[];
  readonly state: string;
  readonly values: RunValues;
}

export interface ListQuery {
  /** A run must meet all of them; one without a value that they name does not. */
  readonly where: readonly Condition[];
  /** Largest first, runs without a value last; `time`: newest first, which is the default. */
  readonly sortBy?: { readonly name: string; readonly ascending: boolean };
}

export async function listRuns(store: RunStore, { where, sortBy }: ListQuery): Promise<readonly ListedRun[]> {
  await adoptRuns(store);
  const rows = withSqliteErrors(store.indexPath, () =>
    store.index.prepare('SELECT * FROM runs ORDER BY created_ms DESC, run_id').all(),
  );
  const runs = rows.map(toListedRun).filter(({ values }) => {
    return where.every(condition => evaluateCondition(condition, name => values[name] ?? null) === 'holds');
  });
  if (sortBy === undefined) return runs;
  if (sortBy.name === 'time') return sortBy.ascending ? runs.reverse() : runs;
  return runs.sort(byValue(sortBy.name, sortBy.ascending ? 1 : -1));
}

function byValue(name: string, direction: 1 | -1): (a: ListedRun, b: ListedRun) => number {
  return ({ values: { [name]: a = null } }, { values: { [name]: b = null } }) => {
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return (a - b) * direction;
  };
}

function toListedRun(row: Readonly<Record<string, unknown>>): ListedRun {
  return {
    runId: String(row.run_id),
    runKey: String(row.run_key),
    resultHash: String(row.result_hash),
    createdMs: Number(row.created_ms),
    strategy: String(row.strategy),
    params: JSON.parse(String(row.params)),
    datasets: JSON.parse(String(row.datasets)),
    state: String(row.state),
    values: JSON.parse(String(row.metrics)),
  };
}
