import { statSync } from 'node:fs';
import * as z from 'zod/mini';
import { defined } from '../../../runtime/base/defined.ts';
import { GoboolError } from '../../../runtime/base/error.ts';
import { counted, grouped } from '../../../runtime/base/format.ts';
import type { CsvFormat } from '../../../runtime/host/csv/csv-options.ts';
import { TIME_FORMATS, type TimeFormat } from '../../../runtime/host/csv/time-format.ts';
import { catalogOf } from '../../../runtime/host/folders.ts';
import { importCsv } from '../../../runtime/host/import/import-csv.ts';
import type { ImportResult } from '../../../runtime/host/import/import-dataset.ts';
import { readFactorFile } from '../../../runtime/host/lean/factor-file.ts';
import { importLean } from '../../../runtime/host/lean/import-lean.ts';
import { isoTime } from '../../../runtime/market/civil-date.ts';
import { defineHandler } from '../../define-handler.ts';
import { numberOption } from '../../options/schemas.ts';
import { factsText } from '../../output/facts.ts';
import type { Output } from '../../output/output.ts';
import type { Reply } from '../../output/reply.ts';

const BAD_ROWS_SHOWN_MAX = 10;

const input = z.object({
  path: z.array(z.string()),
  product: z.optional(z.string()),
  interval: z.optional(z.string()),
  format: z.optional(z.enum(['csv', 'lean'])),
  factors: z.optional(z.string()),
  columns: z.optional(z.string()),
  timeFormat: z.optional(z.enum(Object.keys(TIME_FORMATS) as [TimeFormat, ...TimeFormat[]])),
  timeZone: z.optional(z.string()),
  stamp: z.optional(z.enum(['open', 'close'])),
  delimiter: z.optional(z.string().check(z.length(1))),
  calendar: z.optional(z.enum(['24/7', 'weekdays', 'us-equity', 'forex'])),
  currency: z.optional(z.string()),
  multiplier: z.optional(numberOption),
  lot: z.optional(numberOption),
  tick: z.optional(numberOption),
  strict: z.optional(z.boolean()),
});

type Input = z.output<typeof input>;

export const dataImport = defineHandler(input, async (options, { out, projectDir }): Promise<Reply> => {
  const format = options.format ?? detectFormat(options.path);
  const { detected = [], ...result } = await (format === 'lean'
    ? runLean(options, projectDir)
    : runCsv(options, projectDir));
  return {
    data: { dataset: result.entry, badRowCount: result.badRowCount, badRows: result.badRows, detected },
    warnings:
      result.badRowCount > 0 ? [{ code: 'bad-rows', message: `${counted(result.badRowCount, 'row')} skipped.` }] : [],
    text: () => importText(result, detected, out),
  };
});

function detectFormat(paths: readonly string[]): 'csv' | 'lean' {
  const isArchive = (path: string) =>
    /\.zip$/i.test(path) || statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  return paths.every(isArchive) ? 'lean' : 'csv';
}

async function runLean(options: Input, projectDir: string): Promise<ImportResult & { detected?: CsvFormat[] }> {
  const factors = options.factors === undefined ? {} : { factorPath: options.factors };
  return importLean({ ...target(options, projectDir), paths: options.path, ...factors });
}

async function runCsv(options: Input, projectDir: string): Promise<ImportResult & { detected?: CsvFormat[] }> {
  const { columns, timeFormat, timeZone, stamp, delimiter, factors } = options;
  const csv = defined({
    columns: columns?.split(',').map(name => name.trim()),
    timeFormat,
    timeZone,
    stamp,
    delimiter,
  });
  return importCsv({
    ...target(options, projectDir),
    paths: options.path,
    csv,
    ...(factors && { factors: readFactorFile(factors) }),
  });
}

function target(options: Input, projectDir: string) {
  const { product, interval, strict, calendar, currency, multiplier, lot, tick } = options;
  return {
    catalogDir: catalogOf(projectDir),
    productId: product ?? missingProduct(),
    overrides: defined({ calendar, currency, multiplier, lot, tick }),
    importedAt: new Date().toISOString(),
    ...defined({ interval, strict }),
  };
}

function missingProduct(): never {
  throw new GoboolError('GB_USAGE', 'The product is missing: --product market.symbol.locale.', {
    hint: 'Name it like --product stock.SPY.usa, crypto.BTCUSDT.global or forex.EURUSD.global.',
  });
}

function importText(
  { entry, rows, badRows, badRowCount }: ImportResult,
  detected: readonly CsvFormat[],
  out: Output,
): string {
  const { paint } = out;
  const [format] = detected;
  const facts = factsText(
    [
      ['bars', `${grouped(rows)} of ${entry.interval}, ${isoTime(entry.from)} to ${isoTime(entry.to)}`],
      ['columns', format?.columns.join(' ')],
      ['times', format && `${format.timeFormat}, ${format.timeZone}, stamped ${format.stamp}`],
      ['product', `in ${entry.product.currency}, calendar ${entry.calendar}`],
      ['skipped', badRowCount > 0 ? counted(badRowCount, 'bad row') : undefined],
    ],
    paint,
  );
  const bad = badRows.slice(0, BAD_ROWS_SHOWN_MAX).map(row => {
    return `    ${paint('yellow', `${row.file}:${row.line}`)} ${row.reason}: ${paint('dim', row.text)}`;
  });
  const more =
    badRowCount > bad.length && bad.length > 0
      ? [`    ${paint('dim', `and ${grouped(badRowCount - bad.length)} more`)}`]
      : [];
  const next = `${paint('dim', 'Use it:')} gobool backtest strategy.ts --data ${entry.name}`;
  return [`${paint('bold', 'Imported')} ${paint('cyan', entry.name)}`, facts, ...bad, ...more, next].join('\n');
}
