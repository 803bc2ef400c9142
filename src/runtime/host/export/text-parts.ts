/**
 * Bars as text, some thousand rows at a time. Times are ISO 8601 in UTC, numbers the shortest text that gives the same
 * bits back.
 */
import type { Bars } from '../../market/bars.ts';

const ROWS_AT_ONCE = 8_192;

export function* csvParts(bars: Bars): Iterable<string> {
  const columns = columnsOf(bars);
  yield `${['time', ...columns.map(([name]) => name)].join(',')}\n`;
  yield* parts(bars, row => [timeText(bars, row), ...columns.map(([, values]) => values[row])].join(','));
}

export function* ndjsonParts(bars: Bars): Iterable<string> {
  const columns = columnsOf(bars);
  yield* parts(bars, row => record(bars, row, columns));
}

/** An array with one record a line. */
export function* jsonParts(bars: Bars): Iterable<string> {
  const columns = columnsOf(bars);
  yield '[\n';
  yield* parts(bars, row => `${record(bars, row, columns)}${row + 1 < bars.length ? ',' : ''}`);
  yield ']\n';
}

type Columns = readonly (readonly [name: string, values: Float64Array])[];

function columnsOf({ open, high, low, close, volume, spread }: Bars): Columns {
  const columns = Object.entries({ open, high, low, close, volume });
  return spread === undefined ? columns : [...columns, ['spread', spread]];
}

function* parts({ length }: Bars, line: (row: number) => string): Iterable<string> {
  for (let from = 0; from < length; from += ROWS_AT_ONCE) {
    const count = Math.min(ROWS_AT_ONCE, length - from);
    yield Array.from({ length: count }, (_, i) => `${line(from + i)}\n`).join('');
  }
}

function record(bars: Bars, row: number, columns: Columns): string {
  const members = columns.map(([name, values]) => `"${name}":${values[row]}`);
  return `{"time":"${timeText(bars, row)}",${members.join(',')}}`;
}

function timeText({ time }: Bars, row: number): string {
  return new Date(time[row] ?? Number.NaN).toISOString().replace('.000Z', 'Z');
}
