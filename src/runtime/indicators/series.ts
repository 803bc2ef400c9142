/**
 * A series of numbers on the bars of one feed, read backwards from the current bar: the future cannot be named.
 * Price series view a full column; indicators write into a ring, so that memory does not grow with the data.
 * Undefined is NaN: before an indicator's warm-up, and before the first bar.
 */
import { GoboolError } from '../base/error.ts';
import { INSPECT } from '../base/inspect.ts';
import type { Clock } from './clock.ts';

/** Masks nothing: the series views a full column. */
const FULL_COLUMN = 0x7fffffff;

export class Series {
  /** @internal The feed's clock: which bar is the current one. */
  readonly clock: Clock;
  /** @internal Value of bar `i` at `cells[i & mask]`. */
  cells: Float64Array;
  /** @internal */
  mask: number;
  /** @internal Past values that are still there; deeper reads are an error. */
  depth: number;

  /** @internal */
  constructor(clock: Clock, column?: Float64Array) {
    this.clock = clock;
    this.cells = column ?? new Float64Array(0);
    this.mask = FULL_COLUMN;
    this.depth = column === undefined ? 0 : FULL_COLUMN;
  }

  /** The value `barsAgo` bars before the current one: `at(0)` is the current bar's. NaN where undefined. */
  at(barsAgo: number): number {
    const index = this.clock.index - barsAgo;
    if (barsAgo >>> 0 !== barsAgo || barsAgo > this.depth || index < 0) return this.#outside(barsAgo, index);
    return this.cells[index & this.mask]!;
  }

  /** The current bar's value; the same as `at(0)`. */
  get value(): number {
    return this.at(0);
  }

  /** @internal The name that other libraries give to the whole column, which holds the future. */
  get values(): never {
    throw new GoboolError('GB_STRATEGY_FUTURE', 'A series has no `values`: they would hold bars that are to come.');
  }

  /** @internal TypeScript lets `close > ind.mean` pass; without this it would be false at every bar, in silence. */
  [Symbol.toPrimitive](): never {
    throw new GoboolError('GB_STRATEGY_NUMBER', 'A series was used as if it were a number.');
  }

  /** @internal Its column would be thousands of lines, and hold the future. */
  [INSPECT](): object {
    return { value: this.value };
  }

  #outside(barsAgo: number, index: number): number {
    if (barsAgo >>> 0 !== barsAgo) {
      const what = barsAgo < 0 ? 'a bar in the future' : 'not a whole number of bars';
      throw new GoboolError('GB_STRATEGY_FUTURE', `at(${barsAgo}) is ${what}.`);
    }
    if (index < 0) {
      refuseInFold(this.clock);
      return Number.NaN;
    }
    throw new GoboolError('GB_STRATEGY_HISTORY', `at(${barsAgo}) is older than the ${this.depth} bars that are kept.`, {
      hint: `Declare \`history: ${barsAgo}\` in defineStrategy().`,
    });
  }

  /** @internal Gives an output its ring of `size` entries (a power of two); `depth` past ones stay readable. */
  allocate(size: number, depth: number): void {
    this.cells = new Float64Array(size).fill(Number.NaN);
    this.mask = size - 1;
    this.depth = depth;
  }
}

/** @internal A fold is computed ahead of the run, so a series that its step reads would stand on a bar of its own. */
export function refuseInFold({ graph }: Clock): void {
  if (!graph.isFolding) return;
  throw new GoboolError('GB_STRATEGY_INDICATOR', 'The step of a fold read a series, but sees one bar of its inputs.', {
    hint: 'Name the series among the inputs, `fold([close, other], ...)`, and keep older values in the closure.',
  });
}
