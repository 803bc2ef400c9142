/** Runs `onBar` over a block of steps. Small loops over plain fields: this is where a backtest spends its time. */
import { GoboolError } from '../base/error.ts';
import type { Definition } from '../sdk/define-strategy.ts';
import type { Parts } from './assemble.ts';
import type { LiveContext } from './context.ts';
import type { Driver } from './driver.ts';

type Callback = (context: LiveContext) => unknown;

export class BarDriver implements Driver {
  readonly #parts: Parts;
  readonly #context: LiveContext;
  readonly #definition: Definition;
  readonly #onBar: Callback;
  readonly #progress: Int32Array;

  constructor(parts: Parts, context: LiveContext, definition: Definition, progress: Int32Array, onBar?: Callback) {
    this.#parts = parts;
    this.#context = context;
    this.#definition = definition;
    this.#onBar = onBar ?? (definition.onBar as Callback);
    this.#progress = progress;
  }

  start(): void {
    this.#call(this.#definition.onStart as Callback | undefined);
  }

  finish(): void {
    this.#call(this.#definition.onEnd as Callback | undefined);
  }

  run(from: number, to: number): number {
    return this.#parts.timeline.isSingle ? this.#runSingle(from, to) : this.#runMerged(from, to);
  }

  #runSingle(from: number, to: number): number {
    const { timeline, ledger, desk, margin } = this.#parts;
    const clock = timeline.clocks[0]!;
    const context = this.#context;
    const onBar = this.#onBar;
    const progress = this.#progress;
    let { atRisk } = ledger;
    for (let step = from; step < to; step++) {
      clock.index = step;
      progress[0] = step;
      if (step >= desk.wakeAt) {
        this.#settle(step);
        atRisk = ledger.atRisk;
      }
      if (atRisk && margin.isUsedUp()) return step;
      const returned = onBar(context);
      if (returned !== undefined) refusePromise(returned);
    }
    return to;
  }

  #runMerged(from: number, to: number): number {
    const { timeline, ledger, desk, margin } = this.#parts;
    const context = this.#context;
    const onBar = this.#onBar;
    const progress = this.#progress;
    let { atRisk } = ledger;
    for (let step = from; step < to; step++) {
      timeline.enter(step);
      progress[0] = step;
      if (step >= desk.wakeAt) {
        this.#settle(step);
        atRisk = ledger.atRisk;
      }
      if (atRisk && margin.isUsedUp()) return step;
      const returned = onBar(context);
      if (returned !== undefined) refusePromise(returned);
    }
    return to;
  }

  #settle(step: number): void {
    const { desk, execution } = this.#parts;
    desk.settle(step);
    if (execution.unseen === undefined || execution.unseen.length === 0) return;
    const onFill = this.#definition.onFill as Callback;
    for (const fill of execution.unseen.splice(0)) {
      this.#context.fill = fill;
      refusePromise(onFill(this.#context));
    }
    this.#context.fill = undefined;
  }

  #call(callback: Callback | undefined): void {
    if (callback !== undefined) refusePromise(callback(this.#context));
  }
}

export function refusePromise(returned: unknown): void {
  if (typeof (returned as { then?: unknown } | undefined)?.then !== 'function') return;
  throw new GoboolError('GB_STRATEGY_ASYNC', 'A strategy function returned a promise.');
}
