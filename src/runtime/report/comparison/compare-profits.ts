/**
 * Why one run made more than another. A trade that only one run has explains its whole profit. Of a trade that both
 * have, `profit = quantity * gain of one unit - fees`, and a change of the product is split at the mean of the other
 * factor, so that nothing is left over and exchanging the runs changes only the signs.
 */
import type { RunSummary } from '../../metrics/summary.ts';
import type { Trade } from '../../metrics/trades.ts';
import type { TradeDifference } from './compare-trades.ts';

/** Right less left, in cash. Together they are the whole difference. */
export interface ProfitParts {
  /** Trades that the right run lacks: minus their profit. */
  readonly onlyLeft: number;
  /** Trades that the left run lacks: their profit. */
  readonly onlyRight: number;
  /** The same entry and exit times at other prices. */
  readonly prices: number;
  /** Another time of exit. */
  readonly exits: number;
  readonly quantities: number;
  /** Fees of the trades that both have. */
  readonly fees: number;
  /** What no trade holds: interest, dividends, funding. */
  readonly other: number;
}

export interface ProfitDifference {
  readonly currency: string;
  /** Final less starting equity. */
  readonly left: number;
  readonly right: number;
  /** `right - left`. */
  readonly change: number;
  readonly parts: ProfitParts;
}

type Account = Pick<RunSummary, 'startEquity' | 'finalEquity' | 'currency' | 'trades'>;

/** Null where the runs are in different currencies. */
export function compareProfits(
  left: Account,
  right: Account,
  differences: readonly TradeDifference[],
): ProfitDifference | null {
  if (left.currency !== right.currency) return null;
  const [from, to] = [left.finalEquity - left.startEquity, right.finalEquity - right.startEquity];
  const parts = { onlyLeft: 0, onlyRight: 0, prices: 0, exits: 0, quantities: 0, fees: 0 };
  for (const difference of differences) addTo(parts, difference);
  const other = to - from - (sumOfProfits(right) - sumOfProfits(left));
  return { currency: left.currency, left: from, right: to, change: to - from, parts: { ...parts, other } };
}

function addTo(
  parts: { -readonly [Part in Exclude<keyof ProfitParts, 'other'>]: number },
  { left, right, profitChange }: TradeDifference,
): void {
  if (right === null) parts.onlyLeft += profitChange;
  else if (left === null) parts.onlyRight += profitChange;
  else {
    const [from, to] = [unitGain(left), unitGain(right)];
    const gain = ((to - from) * (left.quantity + right.quantity)) / 2;
    parts[left.exitTime === right.exitTime ? 'prices' : 'exits'] += gain;
    parts.quantities += ((right.quantity - left.quantity) * (from + to)) / 2;
    parts.fees += left.fees - right.fees;
  }
}

/** Before fees, for a quantity of 1. */
function unitGain({ pnl, fees, quantity }: Trade): number {
  return (pnl + fees) / quantity;
}

function sumOfProfits({ trades }: Account): number {
  return trades.reduce((sum, { pnl }) => sum + pnl, 0);
}
