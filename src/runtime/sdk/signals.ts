/**
 * Conditions of the `signals` form. An expression finds the next bar at which it holds, or tells whether it holds at
 * the current one; both give the same answer, and both are false while a value is undefined.
 */
import { GoboolError } from '../base/error.ts';
import { Series } from '../indicators/series.ts';

type Operand = Series | number;

export abstract class Signal {
  /** @internal The first of bars `[from, to)` at which it holds; `to` if there is none. */
  abstract next(from: number, to: number): number;
  /** @internal Whether it holds at the current bar. */
  abstract now(): boolean;

  /** @internal Whether it holds at bar `i`. */
  holdsAt(i: number): boolean {
    return this.next(i, i + 1) === i;
  }

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

/** Of two conditions. */
abstract class Joined extends Signal {
  protected readonly a: Signal;
  protected readonly b: Signal;

  constructor(a: Signal, b: Signal) {
    super();
    this.a = a;
    this.b = b;
  }
}

class Both extends Joined {
  next(from: number, to: number): number {
    let i = this.a.next(from, to);
    while (i < to && !this.b.holdsAt(i)) i = this.a.next(i + 1, to);
    return i;
  }

  now(): boolean {
    return this.a.now() && this.b.now();
  }
}

class Either extends Joined {
  next(from: number, to: number): number {
    return this.b.next(from, this.a.next(from, to));
  }

  now(): boolean {
    return this.a.now() || this.b.now();
  }
}

class Not extends Signal {
  readonly #a: Signal;

  constructor(a: Signal) {
    super();
    this.#a = a;
  }

  next(from: number, to: number): number {
    let i = from;
    while (i < to && this.#a.holdsAt(i)) i++;
    return i;
  }

  now(): boolean {
    return !this.#a.now();
  }
}

/** Of two operands. */
abstract class Comparison extends Signal {
  protected readonly a: Reader;
  protected readonly b: Reader;

  constructor(a: Operand, b: Operand) {
    super();
    this.a = reader(a);
    this.b = reader(b);
  }
}

class Above extends Comparison {
  next(from: number, to: number): number {
    const { cells: a, mask: aMask } = this.a;
    const { cells: b, mask: bMask } = this.b;
    let i = from;
    while (i < to && !(a[i & aMask]! > b[i & bMask]!)) i++;
    return i;
  }

  now(): boolean {
    return this.a.at(0) > this.b.at(0);
  }
}

class CrossesAbove extends Comparison {
  next(from: number, to: number): number {
    const { cells: a, mask: aMask } = this.a;
    const { cells: b, mask: bMask } = this.b;
    let i = from;
    // Above: no cross until it was below. One comparison a bar, because this is where a sweep spends its time.
    while (i < to) {
      while (i < to && !(a[i & aMask]! > b[i & bMask]!)) i++;
      if (i === to || (i > 0 && a[(i - 1) & aMask]! <= b[(i - 1) & bMask]!)) return i;
      while (i < to && a[i & aMask]! > b[i & bMask]!) i++;
    }
    return to;
  }

  now(): boolean {
    return this.a.at(1) <= this.b.at(1) && this.a.at(0) > this.b.at(0);
  }
}

/** A series, or a constant dressed as one. */
interface Reader {
  readonly cells: Float64Array;
  readonly mask: number;
  at(barsAgo: number): number;
}

function reader(operand: Operand): Reader {
  if (operand instanceof Series) return operand;
  if (typeof operand === 'number') return { cells: Float64Array.of(operand), mask: 0, at: () => operand };
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
