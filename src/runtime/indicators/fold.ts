/**
 * A user's own indicator: one causal fold, with the two properties of the built-in ones. Batch and bar by bar give the
 * same bits, because both are the same function called on one bar after the other. It is called ahead of the run: time
 * is the close of its bar then, random numbers are a stream of its own, and series that are no inputs are out of sight.
 */
import { exchangeAmbient, nextStream, streamState } from '../base/ambient.ts';
import type { PrngState } from '../base/prng.ts';
import { closeTimeAt } from '../market/bars.ts';
import { derive } from './derive.ts';
import type { Kernel } from './graph.ts';
import type { Series } from './series.ts';

/** Takes the inputs of one bar, returns the indicator's value there; NaN while it is undefined. */
export type FoldStep = (...inputs: number[]) => number;

/**
 * An indicator from a function per bar. `start` is called once per run and returns the step; keep state in its closure.
 *
 * @example Range of the bar, smoothed:
 * ```ts
 * const smoothRange = (high: Series, low: Series) =>
 *   fold([high, low], () => {
 *     let mean = NaN;
 *     return (h, l) => (mean = Number.isNaN(mean) ? h - l : mean + 0.1 * (h - l - mean));
 *   });
 * ```
 */
export function fold(inputs: readonly Series[], start: () => FoldStep): Series {
  return derive(FoldKernel, inputs, 0, start, nextStream());
}

class FoldKernel implements Kernel {
  readonly #inputs: readonly Series[];
  readonly #output: Series;
  readonly #step: FoldStep;
  readonly #random: PrngState;
  readonly #now = (): number => closeTimeAt(this.#output.clock.bars, this.#at);
  /** The bar that the step is called for. */
  #at = 0;

  constructor(inputs: readonly Series[], output: Series, start: () => FoldStep, stream: number) {
    this.#inputs = inputs;
    this.#output = output;
    this.#random = streamState(stream);
    const run = exchangeAmbient({ random: this.#random });
    try {
      this.#step = start();
    } finally {
      exchangeAmbient(run);
    }
  }

  run(from: number, to: number): void {
    const { graph } = this.#output.clock;
    const indexes = graph.clocks.map(({ index }) => index);
    for (const clock of graph.clocks) clock.index = -1;
    graph.isFolding = true;
    const run = exchangeAmbient({ now: this.#now, random: this.#random });
    let isDone = false;
    try {
      this.#runBlock(from, to);
      isDone = true;
    } finally {
      exchangeAmbient(run);
      graph.isFolding = false;
      graph.clocks.forEach((clock, k) => {
        clock.index = indexes[k]!;
      });
      // A block is computed before the run gets there: the feed moves on to the bar that an error is told with.
      if (!isDone) this.#output.clock.index = this.#at;
    }
  }

  #runBlock(from: number, to: number): void {
    if (this.#inputs.length === 1) this.#runOne(from, to);
    else if (this.#inputs.length === 2) this.#runTwo(from, to);
    else this.#runMany(from, to);
  }

  #runOne(from: number, to: number): void {
    const { cells, mask } = this.#inputs[0]!;
    const { cells: out, mask: outMask } = this.#output;
    const step = this.#step;
    for (let i = from; i < to; i++) {
      this.#at = i;
      out[i & outMask] = step(cells[i & mask]!);
    }
  }

  #runTwo(from: number, to: number): void {
    const [a, b] = this.#inputs as [Series, Series];
    const { cells: out, mask: outMask } = this.#output;
    const step = this.#step;
    for (let i = from; i < to; i++) {
      this.#at = i;
      out[i & outMask] = step(a.cells[i & a.mask]!, b.cells[i & b.mask]!);
    }
  }

  #runMany(from: number, to: number): void {
    const { cells: out, mask: outMask } = this.#output;
    const inputs = this.#inputs;
    const step = this.#step;
    const bar = inputs.map(() => Number.NaN);
    for (let i = from; i < to; i++) {
      this.#at = i;
      for (let k = 0; k < bar.length; k++) bar[k] = inputs[k]!.cells[i & inputs[k]!.mask]!;
      out[i & outMask] = step(...bar);
    }
  }
}
