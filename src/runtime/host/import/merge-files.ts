/** Several source files of one product as one run of good rows, with the list of the bad ones. */
import type { ColumnName } from '../catalog/stored-dataset.ts';
import { type ParsedFile, textOfLines } from './parsed-file.ts';
import type { BadRow, RawColumns } from './raw-columns.ts';
import { keepGoodRows, type RowProblem } from './validate-rows.ts';

export interface MergedRows {
  readonly columns: RawColumns;
  /** In the order of files and lines; of each file only the first ones. */
  readonly badRows: readonly BadRow[];
  /** All of them. */
  readonly badRowCount: number;
}

/** Of each file at most so many bad rows are quoted; the count goes on. */
const QUOTED_ROWS_MAX = 1_000;

/**
 * Files go in the order of their first times; one that starts with its newest row is turned around. The parsed columns
 * are used up.
 */
export function mergeFiles(files: readonly ParsedFile[]): MergedRows {
  for (const file of files) if (isNewestFirst(file)) turnAround(file);
  const sorted = [...files].sort((a, b) => firstTime(a) - firstTime(b));
  const badRows: BadRow[] = [];
  let badRowCount = 0;
  let lastTimeMs = -Infinity;
  for (const file of sorted) {
    const problems = keepGoodRows(file.columns, lastTimeMs);
    const quoted = quoteRows(file, problems.slice(0, QUOTED_ROWS_MAX));
    badRows.push(...[...file.badRows, ...quoted].sort((a, b) => a.line - b.line));
    badRowCount += file.badRowCount + problems.length;
    lastTimeMs = file.columns.time[file.columns.length - 1] ?? lastTimeMs;
  }
  return { columns: concatenate(sorted.map(({ columns }) => columns)), badRows, badRowCount };
}

function isNewestFirst({ columns }: ParsedFile): boolean {
  const times = columns.time.subarray(0, columns.length);
  return (times.find(Number.isFinite) ?? 0) > (times.findLast(Number.isFinite) ?? 0);
}

function turnAround({ columns, lines }: ParsedFile): void {
  const { length, time, open, high, low, close, volume, spread } = columns;
  for (const column of [time, open, high, low, close, volume, spread, lines]) column?.subarray(0, length).reverse();
}

/** A file without times comes last. */
function firstTime({ columns }: ParsedFile): number {
  return columns.time.subarray(0, columns.length).find(Number.isFinite) ?? Number.MAX_VALUE;
}

function quoteRows({ file, bytes, lines }: ParsedFile, problems: readonly RowProblem[]): BadRow[] {
  const found = problems.map(({ row, reason, text }) => ({ file, line: lines[row] ?? 0, reason, text }));
  if (bytes === undefined) return found;
  const texts = textOfLines(
    bytes,
    found.map(({ line }) => line),
  );
  return found.map(row => ({ ...row, text: texts.get(row.line) ?? row.text }));
}

/** One file's columns are used as they are; several are copied into one. */
function concatenate(parts: readonly RawColumns[]): RawColumns {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return trimmed(only);
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const hasSpread = parts.some(({ spread }) => spread !== undefined);
  const join = (name: ColumnName): Float64Array => {
    const column = new Float64Array(length);
    let position = 0;
    for (const part of parts) {
      column.set(part[name]?.subarray(0, part.length) ?? [], position);
      position += part.length;
    }
    return column;
  };
  return makeColumns(length, hasSpread, join);
}

function trimmed(columns: RawColumns): RawColumns {
  const { length, spread } = columns;
  const cut = (name: ColumnName): Float64Array => (columns[name] ?? new Float64Array()).subarray(0, length);
  return makeColumns(length, spread !== undefined, cut);
}

function makeColumns(length: number, hasSpread: boolean, column: (name: ColumnName) => Float64Array): RawColumns {
  return {
    length,
    time: column('time'),
    open: column('open'),
    high: column('high'),
    low: column('low'),
    close: column('close'),
    volume: column('volume'),
    ...(hasSpread && { spread: column('spread') }),
  };
}
