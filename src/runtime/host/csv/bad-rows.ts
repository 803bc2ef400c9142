/** Collects the rows that cannot be read: all are counted, the first ones are kept with their reason. */
import type { BadRow } from '../import/raw-columns.ts';
import { type ColumnPlaces, type CsvLayout, placesOf, readTime } from './csv-layout.ts';
import { parseNumber } from './parse-number.ts';
import type { RowSplitter } from './row-splitter.ts';
import { TIME_FORMATS, timeReader } from './time-format.ts';

const BAD_ROWS_KEPT_MAX = 1000;
const TEXT_BYTES_MAX = 200;
const NUMBERS = ['open', 'high', 'low', 'close', 'volume', 'spread'] as const;

export class BadRows {
  count = 0;
  readonly kept: BadRow[] = [];
  readonly #bytes: Uint8Array;
  readonly #layout: CsvLayout;
  readonly #fileName: string;
  readonly #timeZone: string;
  readonly #places: ColumnPlaces;

  constructor(bytes: Uint8Array, layout: CsvLayout, fileName: string, timeZone: string) {
    this.#bytes = bytes;
    this.#layout = layout;
    this.#fileName = fileName;
    this.#timeZone = timeZone;
    this.#places = placesOf(layout.roles);
  }

  /** Adds the splitter's row. */
  add(rows: RowSplitter): void {
    this.count++;
    if (this.kept.length === BAD_ROWS_KEPT_MAX) return;
    const reason =
      this.#shapeProblem(rows) ?? this.#timeProblem(rows) ?? this.#numberProblem(rows) ?? this.#zoneProblem(rows);
    this.kept.push({ file: this.#fileName, line: rows.line, reason, text: rows.text(TEXT_BYTES_MAX) });
  }

  #shapeProblem(rows: RowSplitter): string | undefined {
    if (rows.isBroken) return 'a quote has no partner on this line';
    const { width } = this.#layout;
    return rows.count === width ? undefined : `${fields(rows.count)} where ${fields(width)} are expected`;
  }

  #timeProblem(rows: RowSplitter): string | undefined {
    const { timeFormat } = this.#layout;
    const { time, clock } = this.#places;
    const text = this.#timeText(rows);
    if (text.trim() === '') return 'the time is empty';
    const timeMs = readTime(this.#bytes, rows, timeReader(timeFormat), time, clock);
    return Number.isNaN(timeMs) ? `"${short(text)}" is not a time like ${TIME_FORMATS[timeFormat]}` : undefined;
  }

  #numberProblem(rows: RowSplitter): string | undefined {
    for (const role of NUMBERS) {
      const column = this.#places[role];
      if (column < 0) continue;
      const text = rows.textOf(column);
      if (text === '') return `the ${role} is empty`;
      const value = parseNumber(this.#bytes, rows.starts[column] ?? 0, rows.ends[column] ?? 0);
      if (Number.isFinite(value)) continue;
      return `the ${role} "${short(text)}" is not ${isOtherNotation(text) ? PLAIN : 'a finite number'}`;
    }
    return undefined;
  }

  /** What remains for a row whose texts are all in order. */
  #zoneProblem(rows: RowSplitter): string {
    return `${this.#timeText(rows)} does not exist in ${this.#timeZone}: clocks go forward there`;
  }

  #timeText(rows: RowSplitter): string {
    const { time, clock } = this.#places;
    return clock < 0 ? rows.textOf(time) : `${rows.textOf(time)} ${rows.textOf(clock)}`;
  }
}

/** `1.234,5`, `1,234.5`, `1 234,5`: which mark is which cannot be told from `1,234`, so none of them is read. */
const isOtherNotation = (text: string): boolean => /^[+-]?\d[\d.,'\s]*\d$/.test(text) && /[,'\s]/.test(text);
const PLAIN = 'a number like 1234.5, with a point and without marks between thousands';

const short = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);
const fields = (count: number): string => (count === 1 ? '1 field' : `${count} fields`);
