import * as z from 'zod/mini';
import { defined } from '../../../runtime/base/defined.ts';
import { GoboolError } from '../../../runtime/base/error.ts';
import { counted, grouped } from '../../../runtime/base/format.ts';
import { TIME_FORMATS, type TimeFormat } from '../../../runtime/host/csv/time-format.ts';
import { catalogOf } from '../../../runtime/host/folders.ts';
import type { DetectedFormat, TableOptions } from '../../../runtime/host/import/detected-format.ts';
import { readFundingFile } from '../../../runtime/host/import/funding-file.ts';
import { importCsv } from '../../../runtime/host/import/import-csv.ts';
import type { ImportResult } from '../../../runtime/host/import/import-dataset.ts';
import { readFactorFile } from '../../../runtime/host/lean/factor-file.ts';
import { importLean } from '../../../runtime/host/lean/import-lean.ts';
import type { TickCounts } from '../../../runtime/host/lean/parse-ticks.ts';
import { isoTime } from '../../../runtime/market/civil-date.ts';
import { defineHandler } from '../../define-handler.ts';
import { refuseOptions } from '../../options/refuse-options.ts';
import { numberOption } from '../../options/schemas.ts';
import { factsText } from '../../output/facts.ts';
import type { Output } from '../../output/output.ts';
import type { Reply } from '../../output/reply.ts';
import { type DataFormat, formatOfPaths } from './data-format.ts';

const BAD_ROWS_SHOWN_MAX = 10;

const input = z.object({
  path: z.array(z.string()),
  product: z.optional(z.string()),
  interval: z.optional(z.string()),
  format: z.optional(z.enum(['csv', 'json', 'parquet', 'lean'])),
  factors: z.optional(z.string()),
  funding: z.optional(z.string()),
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
  const format = options.format ?? formatOfPaths(options.path);
  refuseUnread(format, options);
  const { detected = [], ticks, ...result } = await IMPORTERS[format](options, projectDir);
  const { entry, badRowCount, badRows } = result;
  return {
    data: { dataset: entry, badRowCount, badRows, detected, ...(ticks && { ticks }) },
    warnings: badRowCount > 0 ? [{ code: 'bad-rows', message: `${counted(badRowCount, 'row')} skipped.` }] : [],
    text: () => importText(result, detected[0], ticks, out),
  };
});

/** Options that a format has no use for. LEAN's tables are of one form only. */
const UNREAD: Readonly<Record<DataFormat, readonly (keyof Input)[]>> = {
  csv: [],
  json: ['delimiter'],
  parquet: ['delimiter'],
  lean: ['columns', 'timeFormat', 'timeZone', 'stamp', 'delimiter'],
};

/** An option without effect would be believed. Throws GB_USAGE. */
function refuseUnread(format: DataFormat, options: Input): void {
  const given = Object.fromEntries(UNREAD[format].map(name => [name, options[name]]));
  const hint = 'Leave it out, or say with --format what the files are.';
  refuseOptions(given, `files of the format ${format} are read without it`, hint);
}

type Imported = ImportResult & { detected?: DetectedFormat[]; ticks?: TickCounts };

const IMPORTERS: Readonly<Record<DataFormat, (options: Input, projectDir: string) => Promise<Imported>>> = {
  csv: async (options, projectDir) => {
    const csv = { ...tableOptions(options), ...defined({ delimiter: options.delimiter }) };
    return importCsv({ ...target(options, projectDir), ...factorsOf(options), paths: options.path, csv });
  },
  json: async (options, projectDir) => {
    const { importJson } = await import('../../../runtime/host/import/import-json.ts');
    const facts = { ...target(options, projectDir), ...factorsOf(options) };
    return importJson({ ...facts, paths: options.path, table: tableOptions(options) });
  },
  parquet: async (options, projectDir) => {
    const { importParquet } = await import('../../../runtime/host/import/import-parquet.ts');
    const facts = { ...commonTarget(options, projectDir), ...factorsOf(options) };
    const product = defined({ productId: options.product });
    return importParquet({ ...facts, ...product, paths: options.path, table: tableOptions(options) });
  },
  lean: async (options, projectDir) => {
    const factors = defined({ factorPath: options.factors });
    return importLean({ ...target(options, projectDir), ...factors, paths: options.path });
  },
};

function tableOptions({ columns, timeFormat, timeZone, stamp }: Input): TableOptions {
  return defined({ columns: columns?.split(',').map(name => name.trim()), timeFormat, timeZone, stamp });
}

function target(options: Input, projectDir: string) {
  return { ...commonTarget(options, projectDir), productId: options.product ?? missingProduct() };
}

function commonTarget(options: Input, projectDir: string) {
  const { interval, strict, calendar, currency, multiplier, lot, tick, funding } = options;
  return {
    catalogDir: catalogOf(projectDir),
    overrides: defined({ calendar, currency, multiplier, lot, tick }),
    importedAt: new Date().toISOString(),
    ...defined({ interval, strict, funding: funding === undefined ? undefined : readFundingFile(funding) }),
  };
}

function factorsOf({ factors }: Input) {
  return factors === undefined ? {} : { factors: readFactorFile(factors) };
}

function missingProduct(): never {
  throw new GoboolError('GB_USAGE', 'The product is missing: --product market.symbol.locale.', {
    hint: 'Name it like --product stock.SPY.usa, crypto.BTCUSDT.global or forex.EURUSD.global.',
  });
}

function importText(
  { entry, rows, badRows, badRowCount }: ImportResult,
  format: DetectedFormat | undefined,
  ticks: TickCounts | undefined,
  { paint }: Output,
): string {
  const facts = factsText(
    [
      ['bars', `${grouped(rows)} of ${entry.interval}, ${isoTime(entry.from)} to ${isoTime(entry.to)}`],
      ['from', ticks && ticksText(ticks)],
      ['columns', format?.columns.join(' ')],
      ['rows of', format?.symbol && `${format.symbol}; the file has those of other products too`],
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

function ticksText(ticks: TickCounts): string {
  const { trades, quotes, suspicious, outOfOrder, quotesWithoutSpread } = ticks;
  const parts: readonly (readonly [number, string])[] = [
    [trades, counted(trades, 'trade')],
    [quotes, counted(quotes, 'quote')],
    [suspicious, `${counted(suspicious, 'suspicious tick')} left out`],
    [quotesWithoutSpread, `${counted(quotesWithoutSpread, 'quote')} without a spread left out`],
    [outOfOrder, `${counted(outOfOrder, 'tick')} out of order put in place`],
  ];
  return parts.flatMap(([count, text]) => (count > 0 ? [text] : [])).join(', ');
}
