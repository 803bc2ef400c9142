/**
 * The equity curve with a value for every step, which the run's chunks hand on. Their boundaries are multiples of a
 * fixed number of steps.
 */
import { LIMITS } from '../base/limits.ts';
import { type Bars, closeColumn } from '../market/bars.ts';
import { DailySamples } from './daily-samples.ts';
import { type CurveParts, EquityCurve } from './equity-curve.ts';
import type { Market } from './market.ts';
import type { Chunk } from './run-io.ts';
import type { Stage } from './stage.ts';

export class StoredCurve extends EquityCurve {
  readonly samples = new DailySamples();
  readonly #equity: Float64Array;
  /** Close times of the chunk's steps: filled as they come where feeds are merged, else when they are asked for. */
  readonly #times: Float64Array;
  /** Per market: its feed. */
  readonly #feedOf: readonly number[];
  /** The first step of the block whose drawdown counts. */
  #trackedFrom = 0;
  readonly #timeOf = (i: number): number => this.timeline.timeAt(this.#trackedFrom + i);

  constructor(parts: CurveParts, { equity, times }: Stage['scratch']) {
    super(parts);
    this.#equity = equity;
    this.#times = times;
    this.#feedOf = parts.ledger.markets.map(({ clock }) => parts.timeline.clocks.indexOf(clock));
  }

  protected mark(from: number, to: number): void {
    const offset = from - this.chunkFrom;
    const { markets, cash } = this.ledger;
    if (this.timeline.isSingle) markSingle(this.#equity, offset, cash, markets[0]!, from, to);
    else this.#markMerged(offset, from, to);
  }

  protected closeBlock(): void {
    const { timeline } = this;
    const { from, to } = timeline;
    const offset = from - this.chunkFrom;
    if (!timeline.isSingle) this.#times.set(timeline.merge.times.subarray(0, to - from), offset);
    const tracked = Math.min(to, Math.max(from, this.firstStep));
    this.#trackedFrom = tracked;
    this.drawdown.track(this.#equity, offset + tracked - from, to - tracked, this.#timeOf);
    this.samples.take(timeline, this.#equity, offset);
  }

  protected columns(to: number): Pick<Chunk, 'time' | 'equity'> {
    const from = this.chunkFrom;
    const { timeline } = this;
    const times = this.#times.subarray(0, to - from);
    return {
      get time() {
        if (timeline.isSingle) closeTimesInto(times, timeline.clocks[0]!.bars, from);
        return times;
      },
      equity: this.#equity.subarray(0, to - from),
    };
  }

  /** Passes a full chunk on: only now, so that the run's last chunk has the rows that its end adds. */
  override startBlock(): void {
    const { from } = this.timeline;
    if (from - this.chunkFrom === LIMITS.chunkSteps) this.emit(from);
  }

  finish(steps: number): void {
    if (steps > this.chunkFrom) this.emit(steps);
  }

  #markMerged(offset: number, from: number, to: number): void {
    const { merge, from: blockFrom } = this.timeline;
    const { markets, cash } = this.ledger;
    const equity = this.#equity;
    for (let at = offset; at < offset + to - from; at++) equity[at] = cash;
    for (let k = 0; k < markets.length; k++) {
      const market = markets[k]!;
      if (market.quantity === 0) continue;
      const factor = market.quantity * market.product.multiplier;
      const bars = merge.barAt[this.#feedOf[k]!]!;
      addMapped(equity, offset, factor, market.bars.close, bars, from - blockFrom, to - blockFrom);
    }
  }
}

function closeTimesInto(times: Float64Array, bars: Bars, from: number): void {
  const { column, shift } = closeColumn(bars);
  for (let i = 0; i < times.length; i++) times[i] = column[from + i]! + shift;
}

/** Steps are the bars themselves. */
function markSingle(out: Float64Array, offset: number, cash: number, market: Market, from: number, to: number): void {
  const { close } = market.bars;
  const factor = market.quantity * market.product.multiplier;
  const shift = offset - from;
  if (factor === 0) for (let i = from; i < to; i++) out[i + shift] = cash;
  else for (let i = from; i < to; i++) out[i + shift] = cash + factor * close[i]!;
}

/** Adds a position's value at each step `[from, to)` of the block, where `barAt` says which bar is known there. */
function addMapped(
  out: Float64Array,
  offset: number,
  factor: number,
  close: Float64Array,
  barAt: Int32Array,
  from: number,
  to: number,
): void {
  const shift = offset - from;
  for (let i = from; i < to; i++) out[i + shift]! += factor * close[barAt[i]!]!;
}
