/**
 * Finds the rows that cannot be bars and closes the gaps that they leave. A good file is not copied. What makes a row
 * bad: a value that is no number, a price that is not positive, a negative volume or spread, a high below or a low
 * above its other prices, a time that is not after the row before.
 */
import { isoTime } from '../../market/civil-date.ts';
import type { RawColumns } from './raw-columns.ts';

/** A row, by its position in the parsed columns, and what is wrong with it. */
export interface RowProblem {
  readonly row: number;
  readonly reason: string;
  /** What the row says, before it is overwritten: `2021-01-04T10:00Z,1,2,0.5,NaN,10`. */
  readonly text: string;
}

/**
 * Moves the good rows to the front, sets `length` to their number and returns the others. `lastTimeMs` is the time of
 * the row before the first: rows at or before it are bad too.
 */
export function keepGoodRows(columns: RawColumns, lastTimeMs = -Infinity): RowProblem[] {
  const problems: RowProblem[] = [];
  const { length } = columns;
  let kept = 0;
  let last = lastTimeMs;
  let row = 0;
  while (row < length) {
    const end = firstBadRow(columns, row, last);
    if (kept !== row) moveRows(columns, row, end, kept);
    kept += end - row;
    if (end > row) last = columns.time[kept - 1] ?? last;
    if (end < length) problems.push({ row: end, reason: reasonOf(columns, end, last), text: textOf(columns, end) });
    row = end + 1;
  }
  columns.length = kept;
  return problems;
}

/** The hot loop: the first row from `from` that is no bar; the length if all are. */
function firstBadRow(columns: RawColumns, from: number, lastTimeMs: number): number {
  const { length, time, open, high, low, close, volume, spread } = columns;
  let last = lastTimeMs;
  for (let i = from; i < length; i++) {
    const o = open[i] as number;
    const h = high[i] as number;
    const l = low[i] as number;
    const c = close[i] as number;
    const t = time[i] as number;
    // Written so that NaN fails every comparison.
    const isBar = t > last && t < Infinity && l > 0 && l <= o && l <= c && h >= o && h >= c && h < Infinity;
    if (!isBar || !((volume[i] as number) >= 0) || volume[i] === Infinity) return i;
    if (spread !== undefined && !((spread[i] as number) >= 0 && (spread[i] as number) < Infinity)) return i;
    last = t;
  }
  return length;
}

function reasonOf(columns: RawColumns, row: number, lastTimeMs: number): string {
  const at = (column: Float64Array | undefined): number => column?.[row] ?? 0;
  const { open, high, low, close, volume, spread, time } = columns;
  const prices = [open, high, low, close].map(at);
  const [o = 0, h = 0, l = 0, c = 0] = prices;
  if (!Number.isFinite(at(time))) return 'the time cannot be read';
  if (!prices.every(Number.isFinite)) return 'a price is not a number';
  if (!prices.every(price => price > 0)) return 'a price is not positive';
  if (h < l) return 'high is below low';
  if (h < Math.max(o, c)) return 'high is below open or close';
  if (l > Math.min(o, c)) return 'low is above open or close';
  if (!Number.isFinite(at(volume)) || at(volume) < 0) return 'volume is negative or not a number';
  if (!Number.isFinite(at(spread)) || at(spread) < 0) return 'the ask is below the bid';
  return at(time) === lastTimeMs ? 'the time is the same as in the row before' : 'the time is before the row before';
}

function textOf({ time, open, high, low, close, volume, spread }: RawColumns, row: number): string {
  const timeMs = time[row] ?? Number.NaN;
  const values = [open, high, low, close, volume, spread].flatMap(column => column?.[row] ?? []);
  return [Number.isFinite(timeMs) ? isoTime(timeMs) : 'no time', ...values].join(',');
}

function moveRows(columns: RawColumns, from: number, to: number, target: number): void {
  const { time, open, high, low, close, volume, spread } = columns;
  for (const column of [time, open, high, low, close, volume, spread]) column?.copyWithin(target, from, to);
}
