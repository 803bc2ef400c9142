/** Equity as its chunks arrive: the curve, thinned to what a plot can show, and how far it is below its peak. */
import type { Chunk } from '../../../runtime/bundle/abi.ts';
import type { Curve } from '../../../runtime/report/curve.ts';
import { CurveThinner } from '../../../runtime/report/curve-thinner.ts';

/** Samples; a plot has two for each column. */
const CAPACITY = 1_024;

export interface EquityNow {
  readonly curve: Curve;
  readonly first: number;
  readonly last: number;
  /** Now, and at the worst; fractions of the highest equity so far. */
  readonly drawdown: number;
  readonly maxDrawdown: number;
  /** Close of the last step, epoch milliseconds. */
  readonly atMs: number;
  readonly steps: number;
}

export class EquityFold {
  readonly #thinner = new CurveThinner(CAPACITY);
  #first = Number.NaN;
  #last = Number.NaN;
  #peak = Number.NEGATIVE_INFINITY;
  #maxDrawdown = 0;
  #atMs = Number.NaN;
  #steps = 0;
  #now: EquityNow | undefined;

  add({ time, equity, toStep }: Pick<Chunk, 'time' | 'equity' | 'toStep'>): void {
    if (equity.length === 0) return;
    if (Number.isNaN(this.#first)) this.#first = equity[0] ?? Number.NaN;
    this.#thinner.add(time, equity);
    for (const value of equity) {
      if (value > this.#peak) this.#peak = value;
      else this.#maxDrawdown = Math.max(this.#maxDrawdown, 1 - value / this.#peak);
    }
    this.#last = equity.at(-1) ?? Number.NaN;
    this.#atMs = time.at(-1) ?? Number.NaN;
    this.#steps = toStep;
    this.#now = undefined;
  }

  /** The same object until there is more; undefined before the first step. */
  get now(): EquityNow | undefined {
    if (this.#steps === 0) return undefined;
    this.#now ??= {
      curve: this.#thinner.curve,
      first: this.#first,
      last: this.#last,
      drawdown: 1 - this.#last / this.#peak,
      maxDrawdown: this.#maxDrawdown,
      atMs: this.#atMs,
      steps: this.#steps,
    };
    return this.#now;
  }
}
