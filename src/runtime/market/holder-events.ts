/** What happens to whoever holds a product, without a trade: splits, dividends, funding. */
import { type Bars, firstClosingAfter } from './bars.ts';
import type { Dataset } from './dataset.ts';

/** A split or a cash dividend of a product whose bars are not adjusted for it. */
export interface CorporateAction {
  /** Open of the first bar that trades without the dividend and in new units, epoch milliseconds. */
  readonly time: number;
  /** Units after for one unit before; 1: no split. */
  readonly ratio: number;
  /** Cash for one unit before; 0: no dividend. */
  readonly dividend: number;
}

/** What a long position pays to a short one, as a fraction of its value; negative: the short one pays. */
export interface FundingRate {
  /** Epoch milliseconds. */
  readonly time: number;
  readonly rate: number;
}

/** An event with its place among bars. */
export interface HolderEvent {
  /** The first bar that closes after it. */
  readonly bar: number;
  readonly time: number;
  /** Whether the position that counts is the one before the bar's fills; else the one after them. */
  readonly isBeforeFills: boolean;
  readonly ratio: number;
  readonly dividend: number;
  readonly rate: number;
}

/**
 * The events of a dataset from its first bar on, in the order in which they are booked. A funding inside a bar comes
 * after the bar's fills, because a position that was opened at its open pays.
 */
export function holderEvents({ bars, actions = [], funding = [] }: Dataset): HolderEvent[] {
  const placed = [
    ...actions.map(({ time, ratio, dividend }) => ({ ...placeOf(bars, time), isBeforeFills: true, ratio, dividend })),
    ...funding.map(({ time, rate }) => ({ ...placeOf(bars, time), rate })),
  ];
  const firstOpen = bars.time[0] ?? Number.POSITIVE_INFINITY;
  return placed
    .filter(({ bar, time }) => bar < bars.length && time >= firstOpen)
    .map(event => ({ ratio: 1, dividend: 0, rate: 0, ...event }))
    .sort((a, b) => a.bar - b.bar || Number(b.isBeforeFills) - Number(a.isBeforeFills) || a.time - b.time);
}

function placeOf(bars: Bars, time: number): Pick<HolderEvent, 'bar' | 'time' | 'isBeforeFills'> {
  const bar = firstClosingAfter(bars, time);
  return { bar, time, isBeforeFills: bar < bars.length && time <= bars.time[bar]! };
}
