import type { CsvOptions, CsvTable } from '../../../../src/runtime/host/csv/csv-options.ts';
import { parseCsv } from '../../../../src/runtime/host/csv/parse-csv.ts';

/** Parses CSV written in a test. */
export function parseText(text: string, options: Partial<CsvOptions> = {}): Promise<CsvTable> {
  return parseCsv(new TextEncoder().encode(text), { fileName: 'prices.csv', ...options });
}

/** The rows of a table as arrays: ISO time, then open, high, low, close, volume. */
export function rowsOf({ columns }: CsvTable): (string | number)[][] {
  const { time, open, high, low, close, volume } = columns;
  return Array.from({ length: columns.length }, (_, row) => [
    new Date(time[row]!).toISOString().replace('.000Z', 'Z'),
    ...[open, high, low, close, volume].map(column => column[row]!),
  ]);
}
