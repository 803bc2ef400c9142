/** `gobool data`: the datasets of the project, and the samples that gobool ships. */
import { type CommandDefinition, defineCommand } from '../../define-command.ts';

const dataImport = defineCommand({
  name: 'data import',
  group: 'Data',
  summary: 'Import CSV files or LEAN archives into the project',
  description:
    'Columns, times and interval of CSV files are detected; the options below say it where they cannot be. ' +
    'Bad rows are skipped and listed with their lines. A later import of the same product and interval replaces the ' +
    'earlier one.',
  args: [{ name: '<path...>', summary: 'CSV files, or LEAN zip archives or folders of them, of one product' }],
  options: [
    { flags: '--product <id>', summary: 'market.symbol.locale: stock.SPY.usa, crypto.BTCUSDT.global' },
    { flags: '--interval <length>', summary: '1s, 5s, 1m, 5m, 15m, 1h, 4h, 1d or 1w (detected)' },
    { flags: '--format <kind>', summary: 'csv or lean (lean for .zip and folders, else csv)' },
    { flags: '--factors <file>', summary: 'LEAN factor file with splits and dividends' },
    {
      flags: '--columns <names>',
      summary: 'CSV columns from left to right: time,open,high,low,close,volume; - for none',
    },
    { flags: '--time-format <kind>', summary: 'ymd, dmy, mdy, epoch-s, epoch-ms, epoch-us or epoch-ns' },
    { flags: '--time-zone <name>', summary: 'IANA zone of times without offset: America/New_York (UTC)' },
    { flags: '--stamp <moment>', summary: 'Whether rows carry the open or the close of their bar (open)' },
    { flags: '--delimiter <character>', summary: 'Between two columns' },
    { flags: '--calendar <name>', summary: '24/7, weekdays, us-equity or forex (by market)' },
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
  ],
  load: async () => (await import('../handlers.ts')).dataImport,
});

const dataLs = defineCommand({
  name: 'data ls',
  group: 'Data',
  summary: 'List the datasets of the project and the samples',
  load: async () => (await import('../handlers.ts')).dataLs,
});

const dataShow = defineCommand({
  name: 'data show',
  group: 'Data',
  summary: 'Show range, gaps and prices of a dataset',
  args: [{ name: '<name>', summary: 'As `data ls` lists it: stock.SPY.usa@1d' }],
  load: async () => (await import('../handlers.ts')).dataShow,
});

const dataVerify = defineCommand({
  name: 'data verify',
  group: 'Data',
  summary: 'Check datasets against their hashes, their calendar and common sense',
  description:
    'Exits with 7 where a dataset is damaged or holds impossible bars. Gaps and bars without volume are only listed.',
  args: [{ name: '[name]', summary: 'One dataset (all)' }],
  load: async () => (await import('../handlers.ts')).dataVerify,
});

export const DATA_COMMANDS: readonly CommandDefinition[] = [dataImport, dataLs, dataShow, dataVerify];
