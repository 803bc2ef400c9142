import { derive } from './derive.ts';
import type { Kernel } from './graph.ts';
import type { Series } from './series.ts';

/**
 * `100 * (value - origin) / (high - low)`, and 0 where that range is empty, which is to say not above `emptyUpTo`.
 * `origin` is `low`, for a place counted up from 0, or `high`, for one counted down from 0.
 */
export function placeInRange(
  value: Series,
  range: { readonly high: Series; readonly low: Series; readonly origin: 'high' | 'low' },
  emptyUpTo = 0,
): Series {
  const inputs = [value, range.high, range.low, range[range.origin]];
  return derive(PlaceInRange, inputs, 0, emptyUpTo);
}

class PlaceInRange implements Kernel {
  readonly #inputs: readonly Series[];
  readonly #output: Series;
  readonly #emptyUpTo: number;

  constructor(inputs: readonly Series[], output: Series, emptyUpTo: number) {
    this.#inputs = inputs;
    this.#output = output;
    this.#emptyUpTo = emptyUpTo;
  }

  run(from: number, to: number): void {
    const [value, high, low, origin] = this.#inputs as [Series, Series, Series, Series];
    const { cells: out, mask: outMask } = this.#output;
    const emptyUpTo = this.#emptyUpTo;
    for (let i = from; i < to; i++) {
      const range = high.cells[i & high.mask]! - low.cells[i & low.mask]!;
      const place = value.cells[i & value.mask]! - origin.cells[i & origin.mask]!;
      // In an empty range 0, but of an undefined value undefined; the sum has no negative zero.
      out[i & outMask] = range <= emptyUpTo ? 0 * place + 0 : place / (range / 100);
    }
  }
}
