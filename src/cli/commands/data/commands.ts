/** `gobool data`: the datasets of the project, and the samples that gobool ships. */
import { type CommandDefinition, defineCommand } from '../../define-command.ts';

const dataImport = defineCommand({
  name: 'data import',
  group: 'Data',
  summary: 'Import CSV, Parquet, JSON or LEAN files into the project',
  description:
    'Columns, times and interval of files are detected; the options below say it where they cannot be. JSON may be ' +
    'an array of records, one record a line, or one array a column. Ticks of LEAN are folded into bars (1m). ' +
    'Bad rows are skipped and listed with their lines. A later import of the same product and interval replaces the ' +
    'earlier one.',
  args: [
    {
      name: '<path...>',
      summary: 'Files of one product; LEAN: zip archives or folders of them',
      completes: { files: '*' },
    },
  ],
  options: [
    { flags: '--product <id>', summary: 'market.symbol.locale: stock.SPY.usa, crypto.BTCUSDT.global' },
    {
      flags: '--interval <length>',
      summary: '1s, 5s, 1m, 5m, 15m, 1h, 4h, 1d or 1w (detected)',
      completes: { words: ['1s', '5s', '1m', '5m', '15m', '1h', '4h', '1d', '1w'] },
    },
    {
      flags: '--format <kind>',
      summary: 'csv, json, parquet or lean (by the ending; lean for folders)',
      completes: { words: ['csv', 'json', 'parquet', 'lean'] },
    },
    { flags: '--factors <file>', summary: 'LEAN factor file with splits and dividends', completes: { files: '*' } },
    {
      flags: '--funding <file>',
      summary: 'CSV of a perpetual contract: funding times and rates',
      completes: { files: '.csv' },
    },
    {
      flags: '--columns <names>',
      summary: 'Columns from left to right: time,open,high,low,close,volume,spread; - for none',
    },
    {
      flags: '--time-format <kind>',
      summary: 'ymd, dmy, mdy, epoch-s, epoch-ms, epoch-us or epoch-ns',
      completes: { words: ['ymd', 'dmy', 'mdy', 'epoch-s', 'epoch-ms', 'epoch-us', 'epoch-ns'] },
    },
    { flags: '--time-zone <name>', summary: 'IANA zone of times without offset: America/New_York (UTC)' },
    {
      flags: '--stamp <moment>',
      summary: 'Whether rows carry the open or the close of their bar (open)',
      completes: { words: ['open', 'close'] },
    },
    { flags: '--delimiter <character>', summary: 'Between two columns of CSV' },
    {
      flags: '--calendar <name>',
      summary: '24/7, weekdays, us-equity or forex (by market)',
      completes: { words: ['24/7', 'weekdays', 'us-equity', 'forex'] },
    },
    { flags: '--currency <code>', summary: 'Currency of the prices (by market and symbol)' },
    { flags: '--multiplier <number>', summary: 'Cash value of a price move of 1 (1)' },
    { flags: '--lot <size>', summary: 'Smallest quantity; 0 allows fractions (0)' },
    { flags: '--tick <size>', summary: 'Smallest price step; 0 for none (0)' },
    { flags: '--strict', summary: 'Refuse everything where one row is bad' },
  ],
  examples: [
    { command: 'gobool data import spy.csv --product stock.SPY.usa', note: 'Everything else is detected' },
    {
      command: 'gobool data import spy.zip --product stock.SPY.usa --interval 1d --factors spy_factors.csv',
      note: 'An archive of LEAN with its splits and dividends',
    },
    {
      command: 'gobool data import ticks/ --product stock.SPY.usa --interval 5s',
      note: 'A folder of tick archives of LEAN, trades and quotes, as bars',
    },
  ],
  load: async () => (await import('../handlers.ts')).dataImport,
});

const dataExport = defineCommand({
  name: 'data export',
  group: 'Data',
  summary: 'Write a dataset to a file for other programs',
  description:
    'Prices are as stored, which is raw, unless adjusted ones are asked for. An import of the file makes the same ' +
    'dataset, to the bit: Parquet says what it holds, for the other formats the command is printed.',
  args: [
    {
      name: '<name>',
      summary: 'As `data ls` lists it, or at a longer interval: stock.SPY.usa@1w',
      completes: { names: 'datasets' },
    },
    {
      name: '[file]',
      summary: 'File or folder; - prints csv or ndjson (<name>.<format>)',
      completes: { files: '*' },
    },
  ],
  options: [
    {
      flags: '--format <kind>',
      summary: 'parquet, csv, json or ndjson (by the ending, else parquet)',
      completes: { words: ['parquet', 'csv', 'json', 'ndjson'] },
    },
    { flags: '--from <date>', summary: 'First bar: 2004-01-01 or 2004-01-01T14:30Z, UTC' },
    { flags: '--to <date>', summary: 'End, exclusive' },
    {
      flags: '--interval <length>',
      summary: 'Bars of this length, made from the dataset',
      completes: { words: ['5s', '1m', '5m', '15m', '1h', '4h', '1d', '1w'] },
    },
    {
      flags: '--prices <kind>',
      summary: 'raw, or adjusted for splits and dividends (raw)',
      completes: { words: ['raw', 'adjusted'] },
    },
    { flags: '--force', summary: 'Overwrite the file' },
  ],
  examples: [
    { command: 'gobool data export stock.SPY.usa@1d spy.parquet', note: 'For pandas, Polars or DuckDB' },
    { command: 'gobool data export stock.SPY.usa@1d - --prices adjusted | head', note: 'As CSV, in a pipe' },
  ],
  load: async () => (await import('../handlers.ts')).dataExport,
});

const dataLs = defineCommand({
  name: 'data ls',
  group: 'Data',
  summary: 'List the datasets of the project and the samples',
  description: 'Exits with 7 where one is damaged, as far as a look at its index entry and its file tells.',
  load: async () => (await import('../handlers.ts')).dataLs,
});

const dataShow = defineCommand({
  name: 'data show',
  group: 'Data',
  summary: 'Show range, gaps and prices of a dataset',
  args: [{ name: '<name>', summary: 'As `data ls` lists it: stock.SPY.usa@1d', completes: { names: 'datasets' } }],
  load: async () => (await import('../handlers.ts')).dataShow,
});

const dataVerify = defineCommand({
  name: 'data verify',
  group: 'Data',
  summary: 'Check datasets against their hashes, their calendar and common sense',
  description:
    'Exits with 7 where a dataset is damaged or holds impossible bars. Gaps, bars without volume and bars where the ' +
    'calendar does not trade are only listed.',
  args: [{ name: '[name]', summary: 'One dataset (all)', completes: { names: 'datasets' } }],
  load: async () => (await import('../handlers.ts')).dataVerify,
});

export const DATA_COMMANDS: readonly CommandDefinition[] = [dataImport, dataExport, dataLs, dataShow, dataVerify];
