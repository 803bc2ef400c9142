/**
 * The equity curve of a run of which nobody wants to see it: drawdown, samples and exposure come straight from the
 * position, and no step is stored. Gives the same numbers as `StoredCurve`; a chunk is a block's rows. For runs on one
 * feed.
 */
import { type CurveParts, EquityCurve } from './equity-curve.ts';
import type { Market } from './market.ts';
import type { Chunk } from './run-io.ts';
import { SessionSamples } from './session-samples.ts';

const NOTHING = new Float64Array(0);

export class ReducedCurve extends EquityCurve {
  readonly samples: SessionSamples;
  readonly #market: Market;
  readonly #close: Float64Array;
  readonly #timeOf = (step: number): number => this.timeline.timeAt(step);

  constructor(parts: CurveParts) {
    super(parts);
    this.samples = new SessionSamples(parts.timeline.sessionEnds);
    this.#market = parts.ledger.markets[0]!;
    this.#close = this.#market.bars.close;
  }

  protected mark(from: number, to: number): void {
    const { drawdown } = this;
    const { cash } = this.ledger;
    const factor = this.#market.quantity * this.#market.product.multiplier;
    const tracked = Math.max(from, this.firstStep);
    if (factor !== 0) drawdown.trackHeld(cash, factor, this.#close, tracked, to, this.#timeOf);
    else if (tracked < to) drawdown.trackOne(cash, tracked, this.#timeOf);
    this.samples.take(to, cash, factor, this.#close);
  }

  protected closeBlock(): void {
    const last = this.timeline.to - 1;
    this.samples.reach(this.#timeOf(last), this.#equityAt(last));
    this.emit(this.timeline.to);
  }

  finish(steps: number): void {
    this.emit(steps);
  }

  protected columns(): Pick<Chunk, 'time' | 'equity'> {
    return { time: NOTHING, equity: NOTHING };
  }

  #equityAt(step: number): number {
    const factor = this.#market.quantity * this.#market.product.multiplier;
    return factor === 0 ? this.ledger.cash : this.ledger.cash + factor * this.#close[step]!;
  }
}
