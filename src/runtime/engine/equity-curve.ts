/**
 * Equity at every step, computed late: positions change only at fills, so the steps between two fills are marked in one
 * pass. Passes the result on in chunks.
 */
import { DrawdownTracker } from './drawdown.ts';
import type { Journal } from './journal.ts';
import type { Ledger } from './ledger.ts';
import type { Chunk } from './run-io.ts';
import type { Samples } from './samples.ts';
import type { Timeline } from './timeline.ts';

export interface CurveParts {
  readonly timeline: Timeline;
  readonly ledger: Ledger;
  readonly journal: Journal;
  readonly onChunk: (chunk: Chunk) => void;
}

export abstract class EquityCurve {
  readonly drawdown = new DrawdownTracker();
  abstract readonly samples: Samples;
  stepsInMarket = 0;
  chunks = 0;
  protected readonly timeline: Timeline;
  protected readonly ledger: Ledger;
  /** First step of the chunk that is being made. */
  protected chunkFrom = 0;
  /** Of the metrics: what lies before it is no part of drawdown, samples and exposure. */
  protected firstStep = Number.MAX_SAFE_INTEGER;
  /** Steps marked so far. */
  #marked = 0;
  readonly #journal: Journal;
  readonly #onChunk: (chunk: Chunk) => void;

  constructor({ timeline, ledger, journal, onChunk }: CurveParts) {
    this.timeline = timeline;
    this.ledger = ledger;
    this.#journal = journal;
    this.#onChunk = onChunk;
  }

  /** Marks steps `[from, to)` with the positions as they are. */
  protected abstract mark(from: number, to: number): void;
  /** After the block is marked. */
  protected abstract closeBlock(): void;
  /** Close times and equity of the chunk that ends before step `to`. */
  protected abstract columns(to: number): Pick<Chunk, 'time' | 'equity'>;

  /** Metrics start here: to be called before anything of the step's block is marked. */
  start(step: number): void {
    this.firstStep = step;
    this.samples.start(step, this.timeline.now, this.ledger.equity);
  }

  /** Marks the steps before `step` with the positions as they are now: to be called before a position changes. */
  markTo(step: number): void {
    const from = this.#marked;
    if (step <= from) return;
    this.#marked = step;
    this.mark(from, step);
    if (step > this.firstStep && this.ledger.isInvested) this.stepsInMarket += step - Math.max(from, this.firstStep);
  }

  startBlock(): void {}

  /** Marks the rest of the block. */
  endBlock(): void {
    this.markTo(this.timeline.to);
    this.closeBlock();
  }

  /** Passes the last chunk on. `steps`: how many the run has had. */
  abstract finish(steps: number): void;

  protected emit(to: number): void {
    const columns = this.columns(to);
    this.#onChunk({
      seq: this.chunks++,
      fromStep: this.chunkFrom,
      toStep: to,
      // Not every caller wants the times, and they are as many as the bars.
      get time() {
        return columns.time;
      },
      equity: columns.equity,
      ...this.#journal.take(),
    });
    this.chunkFrom = to;
  }
}
