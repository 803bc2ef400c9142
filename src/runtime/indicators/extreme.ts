/**
 * The highest of the last `period` values, or how many bars ago it was. While the highest stays in the window a bar
 * costs two comparisons. When it leaves, the window is searched once, from its newest value back; each value above all
 * newer ones is a successor, which takes over when the higher ones before it have left, unless a value since then is
 * as high. The next search comes `period` bars later at the earliest, so the cost of a bar does not grow with `period`.
 * The lowest is the highest of the negated values.
 */
import { derive } from './derive.ts';
import type { Kernel } from './graph.ts';
import type { Series } from './series.ts';

/** Sign 1: the highest of the last `period` values. Sign -1: the lowest. */
export function extreme(source: Series, period: number, sign: 1 | -1): Series {
  return derive(Extreme, [source], period, period, sign, false);
}

/** How many bars ago the highest, or lowest, of the last `period` values was; of equal ones the newest counts. */
export function barsSinceExtreme(source: Series, period: number, sign: 1 | -1): Series {
  return derive(Extreme, [source], period, period, sign, true);
}

class Extreme implements Kernel {
  readonly #input: Series;
  readonly #output: Series;
  readonly #period: number;
  readonly #sign: number;
  readonly #isAge: boolean;
  /** The window's highest value, and its bar. */
  #top = Number.NEGATIVE_INFINITY;
  #topAt = 0;
  /** The highest value since the last search, and its bar. */
  #recent = Number.NEGATIVE_INFINITY;
  #recentAt = 0;
  /** Bars of the successors that the last search found, newest and lowest first. */
  readonly #successors: Int32Array;
  #successorCount = 0;
  /** Bar of the last undefined value. */
  #gap = -1;

  constructor([input]: readonly Series[], output: Series, period: number, sign: number, isAge: boolean) {
    this.#input = input!;
    this.#output = output;
    this.#period = period;
    this.#sign = sign;
    this.#isAge = isAge;
    this.#successors = new Int32Array(Math.min(period, output.clock.bars.length));
  }

  run(from: number, to: number): void {
    for (let i = from; i < to; ) {
      if (i - this.#topAt >= this.#period) this.#replaceTop(i);
      i = this.#follow(i, to);
    }
  }

  /** Takes bars up to `to`, or to the first whose window the highest value has left; returns where it stopped. */
  #follow(from: number, to: number): number {
    const { cells, mask } = this.#input;
    const { cells: out, mask: outMask } = this.#output;
    const period = this.#period;
    const sign = this.#sign;
    const isAge = this.#isAge;
    let top = this.#top;
    let topAt = this.#topAt;
    let recent = this.#recent;
    let gap = this.#gap;
    let i = from;
    for (; i < to && i - topAt < period; i++) {
      const value = sign * cells[i & mask]!;
      if (!Number.isFinite(value)) {
        top = recent = Number.NEGATIVE_INFINITY;
        gap = topAt = i;
      } else if (value >= top) {
        top = recent = value;
        this.#recentAt = topAt = i;
        this.#successorCount = 0;
      } else if (value >= recent) {
        recent = value;
        this.#recentAt = i;
      }
      out[i & outMask] = i - gap < period ? Number.NaN : isAge ? i - topAt : sign * top;
    }
    this.#top = top;
    this.#topAt = topAt;
    this.#recent = recent;
    this.#gap = gap;
    return i;
  }

  /** The highest value has left the window that ends at bar `i`: finds its successor among the bars before `i`. */
  #replaceTop(i: number): void {
    const { cells, mask } = this.#input;
    const oldest = i - this.#period + 1;
    let n = this.#successorCount;
    while (n > 0 && this.#successors[n - 1]! < oldest) n--;
    if (n === 0 && this.#recentAt < oldest) n = this.#search(oldest, i);
    const successorAt = n === 0 ? i : this.#successors[n - 1]!;
    const successor = n === 0 ? Number.NEGATIVE_INFINITY : this.#sign * cells[successorAt & mask]!;
    const isNewer = this.#recent >= successor;
    this.#top = isNewer ? this.#recent : successor;
    this.#topAt = isNewer ? this.#recentAt : successorAt;
    this.#successorCount = isNewer ? 0 : n - 1;
  }

  /** Notes the values of the bars `[from, to)` that are above all newer ones; returns their number. */
  #search(from: number, to: number): number {
    const { cells, mask } = this.#input;
    let highest = Number.NEGATIVE_INFINITY;
    let count = 0;
    for (let at = to - 1; at >= from; at--) {
      const value = this.#sign * cells[at & mask]!;
      if (value > highest) {
        highest = value;
        this.#successors[count++] = at;
      }
    }
    this.#recent = Number.NEGATIVE_INFINITY;
    this.#recentAt = to;
    return count;
  }
}
