import { deriveRecord } from './derive.ts';
import type { Kernel } from './graph.ts';
import type { Series } from './series.ts';

/** The edges of a band around a series. */
export type Band = {
  readonly upper: Series;
  readonly lower: Series;
};

const NAMES = ['upper', 'lower'] as const;

/** `times` times `width` above and below `middle`, bar by bar. */
export function bandAround(middle: Series, width: Series, times: number): Band {
  return deriveRecord(BandKernel, [middle, width], 0, NAMES, times);
}

class BandKernel implements Kernel {
  readonly #middle: Series;
  readonly #width: Series;
  readonly #outputs: Band;
  readonly #times: number;

  constructor([middle, width]: readonly Series[], outputs: Band, times: number) {
    this.#middle = middle!;
    this.#width = width!;
    this.#outputs = outputs;
    this.#times = times;
  }

  run(from: number, to: number): void {
    const { cells: middles, mask: middleMask } = this.#middle;
    const { cells: widths, mask: widthMask } = this.#width;
    const { cells: uppers, mask: upperMask } = this.#outputs.upper;
    const { cells: lowers, mask: lowerMask } = this.#outputs.lower;
    const times = this.#times;
    for (let i = from; i < to; i++) {
      const middle = middles[i & middleMask]!;
      const distance = times * widths[i & widthMask]!;
      uppers[i & upperMask] = middle + distance;
      lowers[i & lowerMask] = middle - distance;
    }
  }
}
