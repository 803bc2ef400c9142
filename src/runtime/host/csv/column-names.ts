/** What the columns of a table mean, by the names that vendors give them. */
import { GoboolError } from '../../base/error.ts';

/** `clock` stands beside `date`; `-` is ignored. */
export type ColumnRole = 'time' | 'date' | 'clock' | 'open' | 'high' | 'low' | 'close' | 'volume' | 'spread' | '-';

/**
 * The names of each role, as `plainName` leaves them, the surest first: of several columns the first listed counts.
 * "adj close" is missing on purpose: an adjusted close does not belong to an unadjusted open.
 */
const NAMES: Readonly<Record<Exclude<ColumnRole, '-'>, readonly string[]>> = {
  time: ['opentime', 'datetime', 'timestamp', 'unix', 'unixtime', 'epoch', 'ts', 'time', 'gmttime', 'dt', 't'],
  date: ['date', 'day', 'tradingdate', 'dtyyyymmdd'],
  clock: ['clock', 'time', 'hour'],
  open: ['open', 'o', 'openprice'],
  high: ['high', 'h', 'highprice', 'max'],
  low: ['low', 'l', 'lowprice', 'min'],
  close: ['close', 'c', 'closeprice', 'closelast', 'last', 'price'],
  spread: ['spread'],
  volume: ['volume', 'vol', 'v', 'size', 'qty', 'quantity', 'basevolume', 'tickvolume', 'tickvol'],
};

/** What a column is called that says whose row it is. */
const SYMBOL_NAMES = [
  'symbol',
  'ticker',
  'tic',
  'name',
  'instrument',
  'pair',
  'coin',
  'ric',
  'isin',
  'cusip',
  'permno',
];

const KNOWN_NAMES = new Set(Object.values(NAMES).flat());

/** `<DATE>` is `date`, `Open Time` is `opentime`, `Volume_(BTC)` is `volume`. */
function plainName(name: string): string {
  return name
    .toLowerCase()
    .replace(/\(.*\)/, '')
    .replace(/[^a-z0-9]/g, '');
}

/** The column that says which product a row is of; -1 where no name fits. */
export function symbolColumn(names: readonly string[]): number {
  const plainNames = names.map(plainName);
  const name = SYMBOL_NAMES.find(candidate => plainNames.includes(candidate));
  return name === undefined ? -1 : plainNames.indexOf(name);
}

/** Throws GB_CSV_OPTION where a name of `--columns` means nothing. */
export function checkColumnNames(names: readonly string[]): void {
  const unknown = names.filter(name => name !== '-' && !KNOWN_NAMES.has(plainName(name)));
  if (unknown.length === 0) return;
  const hint = 'Use time, date, clock, open, high, low, close, volume, spread, or "-" for a column to ignore.';
  throw new GoboolError('GB_CSV_OPTION', `No column can be called "${unknown.join('", "')}".`, { hint });
}

/** What a table's first rows say of a column, by its index. */
export interface ColumnLook {
  /** Whether it holds times of day: without them, only a column called `clock` belongs to a date. */
  readonly isClock: (column: number) => boolean;
  /** Whether it holds zeros alone: of currencies MetaTrader writes such a volume beside the one in ticks. */
  readonly isZero: (column: number) => boolean;
}

/**
 * The role of each named column. A role that no name fits is missing from the result.
 * `takesSpread`: trading terminals count what they call spread in points, so that only a user, or gobool's own file,
 * can say that it is in units of price.
 */
export function rolesOfNames(
  names: readonly string[],
  { isClock, isZero }: ColumnLook,
  takesSpread: boolean,
): ColumnRole[] {
  const plainNames = names.map(plainName);
  const findAll = (role: keyof typeof NAMES): number[] =>
    NAMES[role].map(name => plainNames.indexOf(name)).filter(column => column >= 0);
  const find = (role: keyof typeof NAMES): number => findAll(role)[0] ?? -1;
  const roles = names.map((): ColumnRole => '-');
  const assign = (role: ColumnRole, column: number): void => {
    if (column >= 0) roles[column] = role;
  };
  for (const role of ['open', 'high', 'low', 'close'] as const) assign(role, find(role));
  if (takesSpread) assign('spread', find('spread'));
  const volumes = findAll('volume');
  const volume = volumes.find(column => !isZero(column)) ?? volumes[0];
  assign('volume', volume ?? plainNames.findIndex(name => name.startsWith('volume')));
  const [time, date, clock] = [find('time'), find('date'), find('clock')];
  if (date >= 0 && clock >= 0 && (plainNames[clock] === 'clock' || isClock(clock))) {
    assign('date', date);
    assign('clock', clock);
  } else {
    const unnamed = names.findIndex(isUnnamedIndex);
    assign('time', [time, date, unnamed].find(column => column >= 0) ?? -1);
  }
  return roles;
}

/** pandas leaves the name of an index empty in CSV, and calls it so in Parquet. */
const isUnnamedIndex = (name: string): boolean => name.trim() === '' || name === '__index_level_0__';
