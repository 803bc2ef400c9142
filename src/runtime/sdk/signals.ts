/**
 * Conditions of the `signals` form. An expression is computed for a whole block of bars at once, or for the current bar;
 * both give the same answer, and both are false while a value is undefined.
 */

import { GoboolError } from '../base/error.ts';
import { LIMITS } from '../base/limits.ts';
import { Series } from '../indicators/series.ts';

type Operand = Series | number;

export abstract class Signal {
  /** @internal Writes 1 or 0 for bars `[from, to)` to `out[0 ...]`. */
  abstract compute(out: Uint8Array, from: number, to: number): void;
  /** @internal Whether it holds at the current bar. */
  abstract now(): boolean;

  and(other: Signal): Signal {
    return new Both(this, other);
  }

  or(other: Signal): Signal {
    return new Either(this, other);
  }

  not(): Signal {
    return new Not(this);
  }
}

class Both extends Signal {
  readonly #a: Signal;
  readonly #b: Signal;
  readonly #scratch = new Uint8Array(LIMITS.blockSteps);

  constructor(a: Signal, b: Signal) {
    super();
    this.#a = a;
    this.#b = b;
  }

  compute(out: Uint8Array, from: number, to: number): void {
    const other = this.#scratch;
    this.#a.compute(out, from, to);
    this.#b.compute(other, from, to);
    for (let i = 0; i < to - from; i++) out[i]! &= other[i]!;
  }

  now(): boolean {
    return this.#a.now() && this.#b.now();
  }
}

class Either extends Signal {
  readonly #a: Signal;
  readonly #b: Signal;
  readonly #scratch = new Uint8Array(LIMITS.blockSteps);

  constructor(a: Signal, b: Signal) {
    super();
    this.#a = a;
    this.#b = b;
  }

  compute(out: Uint8Array, from: number, to: number): void {
    const other = this.#scratch;
    this.#a.compute(out, from, to);
    this.#b.compute(other, from, to);
    for (let i = 0; i < to - from; i++) out[i]! |= other[i]!;
  }

  now(): boolean {
    return this.#a.now() || this.#b.now();
  }
}

class Not extends Signal {
  readonly #a: Signal;

  constructor(a: Signal) {
    super();
    this.#a = a;
  }

  compute(out: Uint8Array, from: number, to: number): void {
    this.#a.compute(out, from, to);
    for (let i = 0; i < to - from; i++) out[i]! ^= 1;
  }

  now(): boolean {
    return !this.#a.now();
  }
}

class Above extends Signal {
  readonly #a: Reader;
  readonly #b: Reader;

  constructor(a: Operand, b: Operand) {
    super();
    this.#a = reader(a);
    this.#b = reader(b);
  }

  compute(out: Uint8Array, from: number, to: number): void {
    const { values: a, mask: aMask } = this.#a;
    const { values: b, mask: bMask } = this.#b;
    for (let i = from; i < to; i++) out[i - from] = a[i & aMask]! > b[i & bMask]! ? 1 : 0;
  }

  now(): boolean {
    return this.#a.at(0) > this.#b.at(0);
  }
}

class CrossesAbove extends Signal {
  readonly #a: Reader;
  readonly #b: Reader;

  constructor(a: Operand, b: Operand) {
    super();
    this.#a = reader(a);
    this.#b = reader(b);
  }

  compute(out: Uint8Array, from: number, to: number): void {
    const { values: a, mask: aMask } = this.#a;
    const { values: b, mask: bMask } = this.#b;
    let wasBelow = from > 0 && a[(from - 1) & aMask]! <= b[(from - 1) & bMask]!;
    for (let i = from; i < to; i++) {
      const left = a[i & aMask]!;
      const right = b[i & bMask]!;
      out[i - from] = wasBelow && left > right ? 1 : 0;
      wasBelow = left <= right;
    }
  }

  now(): boolean {
    return this.#a.at(1) <= this.#b.at(1) && this.#a.at(0) > this.#b.at(0);
  }
}

/** A series, or a constant dressed as one. */
interface Reader {
  readonly values: Float64Array;
  readonly mask: number;
  at(barsAgo: number): number;
}

function reader(operand: Operand): Reader {
  if (operand instanceof Series) return operand;
  if (typeof operand === 'number') return { values: Float64Array.of(operand), mask: 0, at: () => operand };
  throw new GoboolError('GB_STRATEGY_INDICATOR', 'A signal compares series and numbers, but got something else.');
}

/** Builds conditions for the `signals` form; join them with `.and()`, `.or()`, `.not()`. */
export const sig = {
  /** `a` was at or below `b` on the bar before, and is above it now. */
  crossesAbove: (a: Operand, b: Operand): Signal => new CrossesAbove(a, b),
  /** `a` was at or above `b` on the bar before, and is below it now. */
  crossesBelow: (a: Operand, b: Operand): Signal => new CrossesAbove(b, a),
  above: (a: Operand, b: Operand): Signal => new Above(a, b),
  below: (a: Operand, b: Operand): Signal => new Above(b, a),
} as const;
