/**
 * A CSV file given by path, straight to bars, without an import. Nothing but the file says what it is: its name gives
 * the product where it is one (`stock.SPY.usa@1d.csv`); else the calendar is 24/7 if there are bars on Saturdays and
 * Sundays, and weekdays if not. Prices are taken as they are: a CSV file has no factors.
 */
import { basename } from 'node:path';
import type { RunWarning } from '../bundle/abi.ts';
import { MS_PER_DAY, weekdayOf } from '../market/civil-date.ts';
import type { Dataset } from '../market/dataset.ts';
import { parseDatasetName, parseProductId } from '../market/dataset-name.ts';
import type { CalendarName, Product } from '../market/product.ts';
import { productOf } from '../market/product-defaults.ts';
import { columnBytes } from './catalog/arrow-file.ts';
import { datasetHash } from './catalog/dataset-hash.ts';
import { readCsvFile } from './import/import-csv.ts';
import { toBars } from './import/import-dataset.ts';
import { wantedFor } from './import/own-product.ts';
import type { BadRow, RawColumns } from './import/raw-columns.ts';
import { barsOf } from './stored-bars.ts';

export interface LoadedCsv {
  readonly dataset: Dataset;
  readonly warnings: readonly RunWarning[];
}

/** Throws what reading the file throws, GB_DATA_INTERVAL and GB_DATA_EMPTY. */
export async function loadCsvFile(path: string, calendar?: CalendarName): Promise<LoadedCsv> {
  const stem = basename(path).replace(/\.csv$/i, '');
  const named = parseDatasetName(stem);
  const name = named?.productId ?? stem;
  const file = await readCsvFile(path, wantedFor(name));
  const product = productOfFile(name, file.columns, calendar);
  const rows = await toBars([file], 'open', product, named?.interval);
  const { columns, interval, badRows, badRowCount, calendar: tradingHours } = rows;
  const stored = { ...columns, rows: columns.length };
  const hash = datasetHash(columnBytes(stored), { product, interval, source: '', factors: [] });
  const bars = barsOf(stored, interval, tradingHours);
  return {
    dataset: { name: basename(path), hash, product, bars },
    warnings: skippedRows(file.file, badRows, badRowCount),
  };
}

function productOfFile(name: string, columns: RawColumns, calendar: CalendarName | undefined): Product {
  const overrides = calendar && { calendar };
  if (parseProductId(name) !== undefined) return productOf(name, overrides);
  const symbol = name.replaceAll(/[^A-Za-z0-9_-]/g, '-').replace(/^[^A-Za-z0-9]+/, '') || 'data';
  return productOf(`file.${symbol}.local`, overrides ?? { calendar: calendarOfTimes(columns) });
}

function calendarOfTimes({ time, length }: RawColumns): CalendarName {
  const hasBarOn = (weekday: number): boolean =>
    time.subarray(0, length).some(stamp => weekdayOf(Math.floor(stamp / MS_PER_DAY)) === weekday);
  return hasBarOn(6) && hasBarOn(0) ? '24/7' : 'weekdays';
}

function skippedRows(file: string, [first]: readonly BadRow[], count: number): RunWarning[] {
  if (first === undefined) return [];
  const rows = count === 1 ? 'row was' : 'rows were';
  return [
    {
      code: 'bad-rows',
      message: `${count} ${rows} skipped in ${file}; the first is line ${first.line}: ${first.reason}.`,
    },
  ];
}
