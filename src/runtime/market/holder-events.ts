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
  /** Place among the events of its bar: lower ones come first, then earlier ones. */
  readonly turn: number;
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
    ...actions.map(({ time, ratio, dividend }) => {
      const { bar, isBeforeFills } = placeOf(bars, time);
      // What comes with a bar's open is in that price, which funding is counted at.
      return { bar, time, isBeforeFills: true, turn: isBeforeFills ? 0 : 1, ratio, dividend };
    }),
    ...funding.map(({ time, rate }) => {
      const { bar, isBeforeFills } = placeOf(bars, time);
      return { bar, time, isBeforeFills, turn: isBeforeFills ? 1 : 2, rate };
    }),
  ];
  const firstOpen = bars.time[0] ?? Number.POSITIVE_INFINITY;
  return placed
    .filter(({ bar, time }) => bar < bars.length && time >= firstOpen)
    .map(event => ({ ratio: 1, dividend: 0, rate: 0, ...event }))
    .sort((a, b) => a.bar - b.bar || a.turn - b.turn || a.time - b.time);
}

function placeOf(bars: Bars, time: number): Pick<HolderEvent, 'bar' | 'isBeforeFills'> {
  const bar = firstClosingAfter(bars, time);
  return { bar, isBeforeFills: bar < bars.length && time <= bars.time[bar]! };
}
