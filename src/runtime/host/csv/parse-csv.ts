/**
 * Reads a CSV file of bars into columns of numbers, working on its bytes.
 *
 * Why no library: an import must take a million rows a second with validation, hashing and writing, which leaves about
 * 0.55 s for this step. Measured side by side on two busy cores with Node 24, 1,000,000 rows of an ISO time and five
 * numbers (49 MB), medians of five: udsv 0.7 takes 0.7 s to part the fields into strings and 0.9 to 1.2 s with their
 * numbers, and does not keep the line of a row; csv-parse 7 takes 2 s to part them; this takes 0.35 to 0.55 s in all,
 * since it makes no strings. `bench/csv-import.ts` repeats the measurement.
 *
 * Invariant: the numbers are those of `Number(text)`, bit for bit. Whether they make sense is for the caller to check.
 * Limitations: UTF-8 only; below 2 GiB; no decimal comma, thousands separator or line break inside quotes.
 */
import { GoboolError } from '../../base/error.ts';
import { isOneSeries, ownProduct } from '../import/own-product.ts';
import type { RawColumns } from '../import/raw-columns.ts';
import { BadRows } from './bad-rows.ts';
import { CalendarReader } from './calendar-time.ts';
import { checkColumnNames } from './column-names.ts';
import { csvFormatError } from './csv-errors.ts';
import { type CsvLayout, dataRows, placesOf } from './csv-layout.ts';
import type { CsvOptions, CsvTable } from './csv-options.ts';
import { detectLayout } from './detect-layout.ts';
import { mixedEpochs } from './mixed-epochs.ts';
import { offsetsOfZone } from './offsets-of-zone.ts';
import { readRows } from './read-rows.ts';
import { refuseBinary } from './refuse-binary.ts';
import { isEpoch, timeReader } from './time-format.ts';
import { keepWrittenDates } from './written-dates.ts';
import { ZoneClock } from './zone-clock.ts';

const MIXED_HINT =
  'Name another column of times with --columns, or cut the file in two there and import both together.';

/**
 * Rows that cannot be read are skipped and reported. Throws GB_CSV_FORMAT, GB_CSV_AMBIGUOUS_DATE or GB_DATA_EMPTY for a
 * file that cannot be read at all, GB_CSV_OPTION for an option that means nothing.
 */
export async function parseCsv(bytes: Uint8Array, options: CsvOptions): Promise<CsvTable> {
  checkOptions(options);
  refuseBinary(bytes, options.fileName);
  const timeZone = options.timeZone ?? 'UTC';
  const offsets = await offsetsOfZone(timeZone);
  const zone = offsets && new ZoneClock(offsets);
  const layout = detectLayout(bytes, options);
  const { timeFormat } = layout;
  const read = (own?: string, times = timeReader(timeFormat, zone)) => {
    const badRows = new BadRows(bytes, layout, options.fileName, timeZone);
    return { badRows, ...readRows(bytes, layout, times, badRows, own) };
  };
  const all = read();
  const symbol = ownSymbol(bytes, layout, all.columns, options);
  const { columns, lines, badRows } = symbol === undefined ? all : read(symbol);
  const [first] = badRows.kept;
  if (columns.length === 0 && first !== undefined) {
    const hint =
      'If the columns or the times are of another kind, say so with --columns, --time-format or --delimiter.';
    throw csvFormatError(
      options,
      `none of ${badRows.count} rows can be read; line ${first.line}: ${first.reason}.`,
      hint,
    );
  }
  const mixed = isEpoch(timeFormat) ? mixedEpochs(columns, lines) : undefined;
  if (mixed !== undefined) throw csvFormatError(options, `${mixed}.`, MIXED_HINT);
  if (!isEpoch(timeFormat) && zone === undefined) {
    keepWrittenDates(columns, () => read(symbol, new CalendarReader(timeFormat, false)).columns);
  }
  return {
    columns,
    lines,
    badRows: badRows.kept,
    badRowCount: badRows.count,
    ...(offsets && { zone: offsets }),
    detected: {
      delimiter: layout.delimiter,
      header: layout.header,
      columns: layout.roles,
      timeFormat,
      timeZone,
      stamp: options.stamp ?? 'open',
      hasVolume: placesOf(layout.roles).volume >= 0,
      ...(symbol !== undefined && { symbol }),
      repeatedLocalTimes: zone?.repeatedCount ?? 0,
    },
  };
}

/** Whose rows are wanted, as the file writes it; undefined where all are. */
function ownSymbol(bytes: Uint8Array, layout: CsvLayout, columns: RawColumns, options: CsvOptions): string | undefined {
  if (layout.symbol < 0 || isOneSeries(columns)) return undefined;
  const found = new Set<string>();
  const rows = dataRows(bytes, layout);
  while (rows.next()) if (rows.count === layout.width) found.add(rows.textOf(layout.symbol));
  const refuse = (problem: string, hint: string) => csvFormatError(options, `${problem}.`, hint);
  return found.size < 2 ? undefined : ownProduct([...found], options.symbol, refuse);
}

function checkOptions({ delimiter, columns = [] }: CsvOptions): void {
  if (delimiter !== undefined && !/^[^\w\s".+-]$|^\t$/.test(delimiter)) {
    const hint = 'Use one character: a comma, a semicolon, a tab or a bar.';
    throw new GoboolError('GB_CSV_OPTION', `"${delimiter}" cannot part the fields of a row.`, { hint });
  }
  checkColumnNames(columns);
}
