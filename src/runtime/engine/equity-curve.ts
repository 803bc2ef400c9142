/**
 * Equity at every step, computed late: positions change only at fills, so the steps between two fills are marked in one
 * pass. Cuts the result into chunks, whose boundaries are multiples of a fixed number of steps.
 */
import { LIMITS } from '../base/limits.ts';
import type { Bars } from '../market/bars.ts';
import { DailySamples } from './daily-samples.ts';
import { DrawdownTracker } from './drawdown.ts';
import type { Journal } from './journal.ts';
import type { Ledger } from './ledger.ts';
import type { Market } from './market.ts';
import type { Chunk } from './run-io.ts';
import type { Stage } from './stage.ts';
import type { Timeline } from './timeline.ts';

export class EquityCurve {
  readonly drawdown = new DrawdownTracker();
  readonly samples = new DailySamples();
  stepsInMarket = 0;
  chunks = 0;
  /** Steps marked so far. */
  #marked = 0;
  #firstStep = Number.MAX_SAFE_INTEGER;
  #chunkFrom = 0;
  readonly #equity: Float64Array;
  /** Close times of the chunk's steps: filled as they come where feeds are merged, else when they are asked for. */
  readonly #times: Float64Array;
  readonly #timeOf = (i: number): number => this.#timeline.timeAt(this.#timeline.from + i);
  readonly #timeline: Timeline;
  readonly #ledger: Ledger;
  readonly #journal: Journal;
  readonly #onChunk: (chunk: Chunk) => void;

  constructor({ timeline, scratch }: Stage, ledger: Ledger, journal: Journal, onChunk: (chunk: Chunk) => void) {
    this.#timeline = timeline;
    this.#equity = scratch.equity;
    this.#times = scratch.times;
    this.#ledger = ledger;
    this.#journal = journal;
    this.#onChunk = onChunk;
  }

  /** Metrics start here: samples and exposure count from this step on. */
  start(step: number): void {
    this.#firstStep = step;
    this.samples.start(step, this.#timeline.now, this.#ledger.equity);
  }

  /** Marks the steps before `step` with the positions as they are now: to be called before a position changes. */
  markTo(step: number): void {
    const from = this.#marked;
    if (step <= from) return;
    this.#marked = step;
    const offset = from - this.#chunkFrom;
    const { markets, cash } = this.#ledger;
    if (this.#timeline.isSingle) markSingle(this.#equity, offset, cash, markets[0]!, from, step);
    else this.#markMerged(offset, from, step);
    if (step > this.#firstStep && this.#ledger.isInvested) this.stepsInMarket += step - Math.max(from, this.#firstStep);
  }

  /** Passes a full chunk on: only now, so that the run's last chunk has the rows that its end adds. */
  startBlock(): void {
    const { from } = this.#timeline;
    if (from - this.#chunkFrom === LIMITS.chunkSteps) this.#emit(from);
  }

  /** Marks the rest of the block. */
  endBlock(): void {
    const timeline = this.#timeline;
    const { from, to } = timeline;
    this.markTo(to);
    const offset = from - this.#chunkFrom;
    if (!timeline.isSingle) this.#times.set(timeline.times.subarray(0, to - from), offset);
    this.drawdown.track(this.#equity, offset, to - from, this.#timeOf);
    this.samples.take(timeline, this.#equity, offset);
  }

  /** Passes the last chunk on. `steps`: how many the run has had. */
  finish(steps: number): void {
    if (steps > this.#chunkFrom) this.#emit(steps);
  }

  #markMerged(offset: number, from: number, to: number): void {
    const { clocks, barAt, from: blockFrom } = this.#timeline;
    this.#equity.fill(this.#ledger.cash, offset, offset + to - from);
    for (const market of this.#ledger.markets) {
      if (market.quantity === 0) continue;
      const factor = market.quantity * market.product.multiplier;
      const bars = barAt[clocks.indexOf(market.clock)]!;
      addMapped(this.#equity, offset, factor, market.bars.close, bars, from - blockFrom, to - blockFrom);
    }
  }

  #emit(to: number): void {
    const from = this.#chunkFrom;
    const timesOf = (): Float64Array => this.#timesOf(from, to);
    this.#onChunk({
      seq: this.chunks++,
      fromStep: from,
      toStep: to,
      // Not every caller wants the times, and they are as many as the bars.
      get time() {
        return timesOf();
      },
      equity: this.#equity.subarray(0, to - from),
      orders: this.#journal.orders.take(),
      fills: this.#journal.fills.take(),
    });
    this.#chunkFrom = to;
  }

  #timesOf(from: number, to: number): Float64Array {
    const times = this.#times.subarray(0, to - from);
    if (this.#timeline.isSingle) closeTimesInto(times, this.#timeline.clocks[0]!.bars, from);
    return times;
  }
}

function closeTimesInto(times: Float64Array, { time, closeTime, durationMs }: Bars, from: number): void {
  const source = closeTime ?? time;
  const shift = closeTime === undefined ? durationMs : 0;
  for (let i = 0; i < times.length; i++) times[i] = source[from + i]! + shift;
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
