/**
 * Runs the `signals` form on one feed: computes both conditions for the whole block, then goes from one bar that changes
 * something to the next. Gives the same orders as `if (enter) target(1); else if (exit) target(0)` at every bar.
 */
import { LIMITS } from '../base/limits.ts';
import type { Orders } from '../sdk/orders.ts';
import type { Signal } from '../sdk/signals.ts';
import type { Parts } from './assemble.ts';
import type { Driver } from './driver.ts';

export interface SignalPair {
  readonly enter: Signal;
  readonly exit: Signal;
}

export class SignalDriver implements Driver {
  readonly #parts: Parts;
  readonly #orders: Orders;
  readonly #signals: SignalPair;
  readonly #progress: Int32Array;
  readonly #enter = new Uint8Array(LIMITS.blockSteps);
  readonly #exit = new Uint8Array(LIMITS.blockSteps);

  constructor(parts: Parts, orders: Orders, signals: SignalPair, progress: Int32Array) {
    this.#parts = parts;
    this.#orders = orders;
    this.#signals = signals;
    this.#progress = progress;
  }

  start(): void {}

  finish(): void {}

  run(from: number, to: number): number {
    this.#signals.enter.compute(this.#enter, from, to);
    this.#signals.exit.compute(this.#exit, from, to);
    this.#progress[0] = from;
    const { desk } = this.#parts;
    let step = desk.active ? from : this.#nextChange(from, from, to);
    while (step < to) {
      if (!this.#runStep(step, from)) return step;
      step = desk.active ? step + 1 : this.#nextChange(step + 1, from, to);
    }
    return to;
  }

  /** Fills what is due, then follows the signals; false when equity is used up. */
  #runStep(step: number, base: number): boolean {
    const { timeline, desk, ledger } = this.#parts;
    timeline.enter(step);
    if (desk.active) desk.settle(step);
    if (ledger.atRisk && ledger.equity <= 0) return false;
    if (this.#enter[step - base] === 1) this.#orders.target(1);
    else if (this.#exit[step - base] === 1) this.#orders.target(0);
    return true;
  }

  /** The next step from `step` on at which the signals ask for something else than the remembered target. */
  #nextChange(step: number, base: number, to: number): number {
    const { lastFraction } = this.#parts.marketOf[0]!;
    const enter = this.#enter;
    if (lastFraction === 1) return nextExit(enter, this.#exit, step - base, to - base) + base;
    if (lastFraction === 0) return nextEnter(enter, step - base, to - base) + base;
    return step;
  }
}

function nextEnter(enter: Uint8Array, from: number, to: number): number {
  let i = from;
  while (i < to && enter[i] === 0) i++;
  return i;
}

function nextExit(enter: Uint8Array, exit: Uint8Array, from: number, to: number): number {
  let i = from;
  while (i < to && (exit[i] === 0 || enter[i] === 1)) i++;
  return i;
}
