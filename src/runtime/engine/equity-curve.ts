/**
 * Equity at every step, computed late: positions change only at fills, so the steps between two fills are marked in one
 * pass. Also takes the daily samples and cuts the result into chunks, whose boundaries are multiples of a fixed size.
 */
import { LIMITS } from '../base/limits.ts';
import type { Chunk } from './run-io.ts';
import { DrawdownTracker } from './drawdown.ts';
import type { Journal } from './journal.ts';
import type { Ledger } from './ledger.ts';
import type { Market } from './market.ts';
import { RowLog } from './row-log.ts';
import type { Timeline } from './timeline.ts';

export class EquityCurve {
  readonly drawdown = new DrawdownTracker();
  stepsInMarket = 0;
  chunks = 0;
  /** Steps marked so far. */
  marked = 0;
  readonly #daily = new RowLog(2);
  #firstStep = Number.MAX_SAFE_INTEGER;
  #firstTime = Number.NaN;
  #firstEquity = Number.NaN;
  /** The last step of the block before. */
  #lastTime = Number.NaN;
  #lastEquity = Number.NaN;
  #chunkFrom = 0;
  #equity = new Float64Array(LIMITS.chunkSteps);
  #times = new Float64Array(LIMITS.chunkSteps);
  #session = Number.NaN;
  #ordersSent = 0;
  #fillsSent = 0;
  readonly #timeline: Timeline;
  readonly #ledger: Ledger;
  readonly #journal: Journal;
  readonly #onChunk: (chunk: Chunk) => void;

  constructor(timeline: Timeline, ledger: Ledger, journal: Journal, onChunk: (chunk: Chunk) => void) {
    this.#timeline = timeline;
    this.#ledger = ledger;
    this.#journal = journal;
    this.#onChunk = onChunk;
  }

  /** Metrics start here: samples and exposure count from this step on. */
  start(step: number): void {
    this.#firstStep = step;
    this.#firstTime = this.#timeline.now;
    this.#firstEquity = this.#ledger.equity;
  }

  /** Equity at the first step and at the end of each session so far. */
  get daily(): { readonly times: Float64Array; readonly values: Float64Array } {
    const { count, rows } = this.#daily;
    return {
      times: Float64Array.from({ length: count }, (_, i) => rows[2 * i]!),
      values: Float64Array.from({ length: count }, (_, i) => rows[2 * i + 1]!),
    };
  }

  /** Close time of the first step, or of the last where the run never started; epoch milliseconds. */
  get startTime(): number {
    return Number.isNaN(this.#firstTime) ? this.#lastTime : this.#firstTime;
  }

  /** Close time of the last step. */
  get endTime(): number {
    return this.#lastTime;
  }

  /** Equity at the last marked step. */
  get finalEquity(): number {
    return this.#lastEquity;
  }

  /** Marks the steps before `step` with the positions as they are now: to be called before a position changes. */
  markTo(step: number): void {
    const from = this.marked;
    if (step <= from) return;
    const offset = from - this.#chunkFrom;
    const count = step - from;
    this.#equity.fill(this.#ledger.cash, offset, offset + count);
    for (const market of this.#ledger.markets) if (market.quantity !== 0) this.#addPosition(market, offset, from, step);
    this.#times.set(this.#timeline.times.subarray(from - this.#timeline.from, step - this.#timeline.from), offset);
    this.drawdown.track(this.#equity, this.#times, offset, count);
    if (this.#ledger.markets.some(market => market.quantity !== 0)) {
      this.stepsInMarket += Math.max(0, step - Math.max(from, this.#firstStep));
    }
    this.marked = step;
  }

  /** Marks the rest of the block and passes a chunk on when it is full. */
  endBlock(): void {
    const { from, to, sessions } = this.#timeline;
    this.markTo(to);
    this.#sample(from, to, sessions);
    if (to - this.#chunkFrom === LIMITS.chunkSteps) this.#emit(to);
  }

  /** Passes the last chunk on. `steps`: how many the run has had. */
  finish(steps: number): void {
    this.#keep(steps - 1, this.#lastTime, this.#lastEquity);
    if (steps > this.#chunkFrom) this.#emit(steps);
  }

  #addPosition(market: Market, offset: number, from: number, to: number): void {
    const factor = market.quantity * market.product.multiplier;
    const { close } = market.bars;
    const timeline = this.#timeline;
    if (timeline.isSingle) return addDirect(this.#equity, offset, factor, close, from, to);
    const barAt = timeline.barAt[timeline.clocks.indexOf(market.clock)]!;
    addMapped(this.#equity, offset, factor, close, barAt, from - timeline.from, to - timeline.from);
  }

  /** Keeps the equity at the end of each session: at the step before another session begins. */
  #sample(from: number, to: number, sessions: Int32Array): void {
    let session = this.#session;
    const base = this.#chunkFrom;
    for (let step = from; step < to; step++) {
      if (sessions[step - from] === session) continue;
      session = sessions[step - from]!;
      if (step === from) this.#keep(step - 1, this.#lastTime, this.#lastEquity);
      else this.#keep(step - 1, this.#times[step - 1 - base]!, this.#equity[step - 1 - base]!);
    }
    this.#session = session;
    this.#lastTime = this.#times[to - 1 - base]!;
    this.#lastEquity = this.#equity[to - 1 - base]!;
  }

  #keep(step: number, time: number, equity: number): void {
    if (step < this.#firstStep) return;
    if (this.#daily.count === 0 && step > this.#firstStep) this.#append(this.#firstTime, this.#firstEquity);
    this.#append(time, equity);
  }

  #append(time: number, equity: number): void {
    const { rows, start } = this.#daily.append();
    rows[start] = time;
    rows[start + 1] = equity;
  }

  #emit(to: number): void {
    const orders = this.#journal.orders.count;
    const fills = this.#journal.fills.count;
    const count = to - this.#chunkFrom;
    const isFull = count === LIMITS.chunkSteps;
    this.#onChunk({
      seq: this.chunks++,
      fromStep: this.#chunkFrom,
      toStep: to,
      time: isFull ? this.#times : this.#times.slice(0, count),
      equity: isFull ? this.#equity : this.#equity.slice(0, count),
      orders: this.#journal.orders.copy(this.#ordersSent, orders),
      fills: this.#journal.fills.copy(this.#fillsSent, fills),
    });
    this.#ordersSent = orders;
    this.#fillsSent = fills;
    this.#chunkFrom = to;
    if (!isFull) return;
    this.#times = new Float64Array(LIMITS.chunkSteps);
    this.#equity = new Float64Array(LIMITS.chunkSteps);
  }
}

/** Adds a position's value at each step, where steps are the bars themselves. */
function addDirect(out: Float64Array, offset: number, factor: number, close: Float64Array, from: number, to: number): void {
  const shift = offset - from;
  for (let i = from; i < to; i++) out[i + shift]! += factor * close[i]!;
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
