/** The levels that were told last; a metric without a row is `ok`. Of several replicas one changes a level. */
import type { Queries } from '../../../ports/sql.ts';
import type { Level } from '../alerts/level.ts';

export async function toldLevels(queries: Queries): Promise<ReadonlyMap<string, Level>> {
  const rows = await queries.query<{ metric: string; level: Level }>('SELECT metric, level FROM gobool.alerts');
  return new Map(rows.map(({ metric, level }) => [metric, level]));
}

export interface LevelChange {
  readonly metric: string;
  readonly before: Level;
  readonly level: Level;
  readonly value: number;
  /** Epoch milliseconds. */
  readonly atMs: number;
}

const CHANGE = `
  INSERT INTO gobool.alerts AS told (metric, level, value, at_ms) SELECT $1::text, $3::text, $4::float8, $5::bigint
  WHERE $2::text = 'ok' OR EXISTS (SELECT 1 FROM gobool.alerts WHERE metric = $1)
  ON CONFLICT (metric) DO UPDATE SET level = excluded.level, value = excluded.value, at_ms = excluded.at_ms
  WHERE told.level = $2
  RETURNING 1`;

/** Resolves to false where another replica was first. */
export async function changeLevel(queries: Queries, change: LevelChange): Promise<boolean> {
  const { metric, before, level, value, atMs } = change;
  return (await queries.query(CHANGE, [metric, before, level, value, atMs])).length > 0;
}
