/**
 * How far price went while trades of one product were open.
 * A bar hides its path, so only what is certain counts: all of a bar that was held from its open to its close; after
 * an entry inside a bar its close; before an exit inside a bar its open. Excursions are therefore lower bounds.
 * A position in time is a bar's index, plus 0.5 inside the bar; its close is the position of the next bar's open.
 * Trades are first in, first out, so their spans only move forward, and each bar is read once.
 */
import { FILL } from '../engine/fill-log.ts';
import type { Bars } from '../market/bars.ts';
import { SlidingMinimum } from './sliding-minimum.ts';

/** A raw price is worked out from the slippage in cash, which leaves rounding. */
const ROUNDING = 1e-9;

export class Excursions {
  readonly bars: Bars;
  readonly #lows = new SlidingMinimum();
  /** Highs below zero, so that the smallest is the highest. */
  readonly #highs = new SlidingMinimum();
  /** The first bar that is not taken in, and whether something was filled inside it. */
  #next = 0;
  #isDivided = false;

  constructor(bars: Bars) {
    this.bars = bars;
  }

  /** Forgets everything before `position`: nothing was open. */
  restart(position: number): void {
    this.#lows.clear();
    this.#highs.clear();
    this.#next = Math.floor(position);
    this.#isDivided = position > this.#next;
  }

  /** Takes in what is known to have happened before `position`, which does not decrease. */
  reach(position: number): void {
    const bar = Math.floor(position);
    if (this.#next < bar) {
      if (this.#isDivided) this.#takeDividedBar();
      if (this.#next < bar) this.#takeBars(bar);
      this.#isDivided = false;
    }
    if (position === bar) return;
    this.#isDivided = true;
    this.#push(bar, this.bars.open[bar]!, this.bars.open[bar]!);
  }

  /** Before the open of `bar` prices became `ratio` times lower, because one unit became `ratio` units. */
  split(bar: number, ratio: number): void {
    this.reach(bar);
    this.#lows.scale(1 / ratio);
    this.#highs.scale(1 / ratio);
  }

  /** All of it for what was open before, its close for what was entered inside it. */
  #takeDividedBar(): void {
    const { low, high, close } = this.bars;
    const bar = this.#next++;
    this.#push(bar, low[bar]!, high[bar]!);
    this.#push(bar + 0.5, close[bar]!, close[bar]!);
  }

  #takeBars(to: number): void {
    const { low, high } = this.bars;
    const from = this.#next;
    let least = low[from]!;
    let most = high[from]!;
    for (let i = from + 1; i < to; i++) {
      if (low[i]! < least) least = low[i]!;
      if (high[i]! > most) most = high[i]!;
    }
    this.#push(from, least, most);
    this.#next = to;
  }

  /** Infinite where nothing is known after `position`. */
  lowestSince(position: number): number {
    return this.#lows.since(position);
  }

  highestSince(position: number): number {
    return -this.#highs.since(position);
  }

  #push(position: number, low: number, high: number): void {
    this.#lows.push(position, low);
    this.#highs.push(position, -high);
  }
}

/** Where in its product's bars the fill in row `at` happened. */
export function positionOfFill(bars: Bars, fills: Float64Array, at: number, multiplier: number): number {
  const bar = fills[at + FILL.bar]!;
  if (fills[at + FILL.time] !== bars.time[bar]) return bar + 1;
  const open = bars.open[bar]!;
  const raw = fills[at + FILL.price]! - fills[at + FILL.slippage]! / (fills[at + FILL.quantity]! * multiplier);
  return Math.abs(raw - open) <= ROUNDING * open ? bar : bar + 0.5;
}
