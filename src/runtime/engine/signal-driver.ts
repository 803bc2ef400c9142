/**
 * Runs the `signals` form on one feed: goes from one bar that changes something to the next, and skips what lies
 * between. Gives the same orders as `if (enter) target(1); else if (exit) target(0)` at every bar.
 */
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

  constructor(parts: Parts, orders: Orders, signals: SignalPair, progress: Int32Array) {
    this.#parts = parts;
    this.#orders = orders;
    this.#signals = signals;
    this.#progress = progress;
  }

  start(): void {}

  finish(): void {}

  run(from: number, to: number): number {
    const { desk, ledger } = this.#parts;
    this.#progress[0] = from;
    let step = from;
    while (step < to) {
      if ((step >= desk.wakeAt || ledger.atRisk) && !this.#settle(step)) return step;
      // No bar is skipped that may fill what is open, or end the run.
      const end = ledger.atRisk ? step + 1 : Math.max(step + 1, Math.min(desk.wakeAt, to));
      const change = this.#nextChange(step, end);
      if (change < end) this.#follow(change, to);
      step = change < end ? change + 1 : end;
    }
    return to;
  }

  /** Fills what is due; false when equity is used up. */
  #settle(step: number): boolean {
    const { timeline, desk, ledger, margin } = this.#parts;
    timeline.enter(step);
    desk.settle(step);
    return !(ledger.atRisk && margin.isUsedUp());
  }

  /** Asks for what the signals say at `step`. A plain target whose fill lies before `to` is traded at once. */
  #follow(step: number, to: number): void {
    const { timeline, desk, plain } = this.#parts;
    const fraction = this.#signals.enter.holdsAt(step) ? 1 : 0;
    if (step + 1 < to && desk.wakeAt === Number.POSITIVE_INFINITY && plain?.follow(step, fraction)) return;
    timeline.enter(step);
    this.#orders.target(fraction);
  }

  /**
   * The first of steps `[from, to)` at which the signals ask for something else than the remembered target; else `to`.
   */
  #nextChange(from: number, to: number): number {
    const { enter, exit } = this.#signals;
    const { lastFraction } = this.#parts.marketOf[0]!;
    if (lastFraction === 0) return enter.next(from, to);
    let step = exit.next(from, to);
    if (lastFraction !== 1) return enter.next(from, step);
    while (step < to && enter.holdsAt(step)) step = exit.next(step + 1, to);
    return step;
  }
}
