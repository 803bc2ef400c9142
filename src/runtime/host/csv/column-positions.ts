/**
 * What the columns of a file without a header mean: the first column of times, then open, high, low, close and volume.
 * The four prices are checked against each other, since some vendors write them in another order: the column that is
 * never below the others is the high, the one never above them the low, and of the other two the open comes first. In
 * most rows they are of one magnitude.
 * A fifth price before the volume is ignored.
 */
import type { ColumnRole } from './column-names.ts';
import { isClock, timeShapeOf } from './detect-time-format.ts';

/** Fewer rows than this share that fit say that the columns are something else. */
const FITTING_SHARE_MIN = 0.5;
/** Hardly a bar's high is so many times its low; the columns of a trade, which may be in order too, often are. */
const RANGE_RATIO_MAX = 10;
/** More than half of the rows of an adjusted close or an average price stay below, hardly any of a volume do. */
const RATIO_CHANGE_MAX = 0.03;
const RATIO_MAX = 1.05;

/** The role of each column; undefined where no column holds times or no four columns look like prices. */
export function rolesOfPositions(rows: readonly string[][], width: number): ColumnRole[] | undefined {
  const textsOf = (column: number): string[] => rows.map(row => row[column] ?? '');
  const roles = Array.from({ length: width }, (): ColumnRole => '-');
  const time = roles.findIndex((_, column) => timeShapeOf(textsOf(column)) !== undefined);
  if (time < 0) return undefined;
  const hasClock = isClock(textsOf(time + 1)) && !isPrice(rows, time + 1);
  roles[time] = hasClock ? 'date' : 'time';
  if (hasClock) roles[time + 1] = 'clock';
  const numeric = roles.flatMap((role, column) =>
    column > time && role === '-' && isNumeric(textsOf(column)) ? column : [],
  );
  const prices = numeric.slice(0, 4);
  const priceRoles =
    prices.length < 4 ? undefined : rolesOfPrices(rows.map(row => prices.map(column => Number(row[column]))));
  if (priceRoles === undefined) return undefined;
  prices.forEach((column, index) => {
    roles[column] = priceRoles[index] ?? '-';
  });
  const close = roles.indexOf('close');
  const volume = numeric.slice(4).find((column, index) => index > 0 || !followsClose(rows, column, close));
  if (volume !== undefined) roles[volume] = 'volume';
  return roles;
}

/**
 * Whether the column after the prices is one more price rather than a volume: an adjusted close, as Yahoo has it, or
 * Kraken's average. It is hardly above the close, and their ratio hardly changes from row to row, while volumes come
 * and go, or stay where they are when the close moves.
 */
function followsClose(rows: readonly string[][], column: number, close: number): boolean {
  const [values, closes] = [column, close].map(at => rows.map(row => Number(row[at]))) as [number[], number[]];
  const ratios = values.map((value, row) => value / (closes[row] ?? NaN));
  const telling = ratios.slice(1).filter((_, i) => values[i + 1] !== values[i] || closes[i + 1] !== closes[i]);
  const calm = ratios.slice(1).filter((ratio, i) => {
    const before = ratios[i] ?? NaN;
    return values[i + 1] !== values[i] && Math.abs(ratio / before - 1) <= RATIO_CHANGE_MAX && before <= RATIO_MAX;
  });
  return calm.length > telling.length / 2;
}

/** Whole prices such as 1850 look like clocks. An open lies within the three prices after it, which no clock does. */
function isPrice(rows: readonly string[][], column: number): boolean {
  const fitting = rows.filter(row => {
    const [open = NaN, ...others] = row.slice(column, column + 4).map(Number);
    return open <= Math.max(...others) && open >= Math.min(...others);
  });
  return fitting.length > rows.length / 2;
}

function isNumeric(texts: readonly string[]): boolean {
  const numbers = texts.filter(text => text !== '' && Number.isFinite(Number(text)));
  return numbers.length > texts.length / 2;
}

/** The roles of four price columns; the usual order wins where several fit equally well. */
function rolesOfPrices(rows: readonly number[][]): ColumnRole[] | undefined {
  let best: { count: number; high: number; low: number } = { count: 0, high: 1, low: 2 };
  for (const high of [1, 0, 2, 3]) {
    for (const low of [2, 0, 1, 3]) {
      const count = high === low ? 0 : rows.filter(row => isRange(row, high, low)).length;
      if (count > best.count) best = { count, high, low };
    }
  }
  if (best.count < rows.length * FITTING_SHARE_MIN) return undefined;
  const roles = Array.from({ length: 4 }, (): ColumnRole => 'close');
  roles[best.high] = 'high';
  roles[best.low] = 'low';
  roles[roles.indexOf('close')] = 'open';
  return roles;
}

function isRange(prices: readonly number[], high: number, low: number): boolean {
  const [most, least] = [Math.max(...prices), Math.min(...prices)];
  return prices[high] === most && prices[low] === least && most <= least * RANGE_RATIO_MAX;
}
