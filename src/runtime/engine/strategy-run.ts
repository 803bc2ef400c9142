/** One run of a strategy on a stage, a block of steps after the other. Several may take turns on one stage. */
import { seedAmbient, setAmbientRandom } from '../base/ambient.ts';
import { GoboolError } from '../base/error.ts';
import type { PrngState } from '../base/prng.ts';
import type { Definition, Indicators } from '../sdk/define-strategy.ts';
import { Signal } from '../sdk/signals.ts';
import { assemble, type Parts } from './assemble.ts';
import { BarDriver, refusePromise } from './bar-driver.ts';
import { LiveContext, makeSetup, paramsOf } from './context.ts';
import type { Driver } from './driver.ts';
import { makeRecord } from './make-record.ts';
import type { RunRecord } from './record.ts';
import type { RunHooks, RunInput } from './run-io.ts';
import { SignalDriver, type SignalPair } from './signal-driver.ts';
import type { Stage } from './stage.ts';
import { type Shown, strategyError } from './strategy-error.ts';
import { findStart, type NamedSeries, namedSeries } from './warm-up.ts';

export class StrategyRun {
  state: RunRecord['state'] = 'completed';
  readonly #stage: Stage;
  readonly #definition: Definition;
  readonly #parts: Parts;
  readonly #shown: { -readonly [K in keyof Shown]: Shown[K] };
  readonly #signals: SignalPair | undefined;
  readonly #series: NamedSeries;
  readonly #progress: Int32Array;
  readonly #random: PrngState;
  /** Made in the first block, when the stage is sealed: strategies make no indicators any more. */
  #driver: Driver | undefined;
  /** The first step with all indicators defined; -1 until it is found. */
  #firstStep = -1;

  /** Declares the run's indicators on the stage, which must not be sealed yet. */
  constructor(stage: Stage, definition: Definition, input: RunInput, hooks: RunHooks) {
    this.#stage = stage;
    this.#definition = definition;
    this.#parts = assemble(definition, stage, input, hooks);
    this.#progress = hooks.progress;
    this.#random = seedAmbient(input.options.seed);
    this.#shown = { params: paramsOf(definition, input.params), ind: {} };
    try {
      const { ind, series, signals } = declare(definition, stage, this.#shown.params);
      this.#shown.ind = ind;
      this.#series = series;
      this.#signals = signals;
    } catch (error) {
      throw this.explain(error);
    }
  }

  /** Runs the stage's block of steps; false when the account was wiped out in it. */
  block(): boolean {
    const { timeline, curve } = this.#parts;
    setAmbientRandom(this.#random);
    this.#progress[0] = timeline.from;
    curve.startBlock();
    this.#driver ??= this.#makeDriver();
    const from = this.#firstStep < 0 ? this.#tryStart(this.#driver) : timeline.from;
    const reached = this.#run(this.#driver, from);
    if (reached < timeline.to) {
      this.state = 'wiped-out';
      timeline.cutAfter(reached);
    }
    curve.endBlock();
    return this.state === 'completed';
  }

  /** Runs the block from a step on, and halts where something is on the agenda, so that the desk settles that step. */
  #run(driver: Driver, from: number): number {
    const { timeline, agenda, desk } = this.#parts;
    if (agenda === undefined) return driver.run(from, timeline.to);
    for (let step = from; step < timeline.to; ) {
      const due = agenda.nextDue(step);
      if (due === step) desk.wake();
      const end = due === step ? step + 1 : due;
      const reached = driver.run(step, end);
      if (reached < end) return reached;
      step = end;
    }
    return timeline.to;
  }

  /** After the last block. */
  finish(): RunRecord {
    if (this.#firstStep >= 0) {
      setAmbientRandom(this.#random);
      this.#parts.timeline.enterLast();
      this.#driver?.finish();
    }
    return makeRecord(this.#parts, this.state, this.#firstStep, this.#series);
  }

  /** An exception that left the strategy, told with the bar and the values that it happened at. */
  explain(error: unknown): unknown {
    return strategyError(error, this.#parts.timeline, this.#shown);
  }

  /** Starts the strategy if this block has the first step; returns the step to run from. */
  #tryStart(driver: Driver): number {
    const { timeline, curve, agenda } = this.#parts;
    const from = findStart(timeline, this.#series);
    if (from === timeline.to) return from;
    this.#firstStep = from;
    curve.start(from);
    agenda?.start();
    driver.start();
    return from;
  }

  #makeDriver(): Driver {
    const definition = this.#definition;
    const parts = this.#parts;
    const progress = this.#progress;
    const signals = this.#signals;
    const state = definition.state?.({ params: this.#shown.params as never });
    refusePromise(state);
    const context = new LiveContext(parts, this.#stage.feeds, { ...this.#shown, state });
    if (signals === undefined) return new BarDriver(parts, context, definition, progress);
    const { order } = context;
    if (parts.timeline.isSingle) return new SignalDriver(parts, order, signals, progress);
    const followSignals = () => {
      if (signals.enter.now()) order.target(1);
      else if (signals.exit.now()) order.target(0);
    };
    return new BarDriver(parts, context, definition, progress, followSignals);
  }
}

/** Lets the strategy declare its indicators and signals. */
function declare(definition: Definition, { names, feeds }: Stage, params: Shown['params']) {
  const setup = makeSetup(names, feeds, params);
  const ind: Indicators = definition.indicators === undefined ? {} : definition.indicators(setup as never);
  const series = namedSeries(ind);
  return { ind, series, signals: definition.signals && checkedPair(definition.signals({ ...setup, ind } as never)) };
}

function checkedPair(pair: SignalPair | undefined): SignalPair {
  if (pair?.enter instanceof Signal && pair.exit instanceof Signal) return pair;
  throw new GoboolError(
    'GB_STRATEGY_SHAPE',
    'defineStrategy: `signals` must return `enter` and `exit`, made with `sig`.',
  );
}
