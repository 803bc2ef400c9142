/**
 * Runs a slice of a sweep: many sets of parameters over the same data, side by side, a block of bars after the other.
 * What two runs both need is computed once: an indicator with the same arguments is the same indicator. A slice is a
 * pure function of its inputs, and each of its runs gives the bits that the run alone gives.
 */
import { GoboolError } from '../base/error.ts';
import { ownFeeOf } from '../engine/assemble.ts';
import type { RunRecord } from '../engine/record.ts';
import type { Chunk, RunHooks, RunInput } from '../engine/run-io.ts';
import { advanceStage, makeStage, type Stage, sealStage } from '../engine/stage.ts';
import { strategyError } from '../engine/strategy-error.ts';
import { StrategyRun } from '../engine/strategy-run.ts';
import { curveMetrics } from '../metrics/curve-metrics.ts';
import { curveOf, positionsOf, summarize } from '../metrics/summarize.ts';
import type { RunSummary } from '../metrics/summary.ts';
import type { Definition, Strategy } from '../sdk/define-strategy.ts';
import type { ParamSet } from './sweep-result.ts';

/**
 * Steps that all runs of a slice advance at once. A run pays for each turn, so turns are longer than those of a run
 * alone; and indicators, bars and equity of a turn still lie in a processor's cache.
 */
const BLOCK_STEPS = 4096;

/** Plain data. */
export interface SliceInput extends Omit<RunInput, 'params'> {
  /** One run each. */
  readonly sets: readonly ParamSet[];
  /** Names of the metrics that are wanted beside those of the equity curve. */
  readonly metrics: readonly string[];
}

/** What a run of a slice came to, with what its result hash needs. */
export interface SliceRun extends Pick<RunSummary, 'state' | 'finalCash' | 'finalEquity' | 'positions' | 'daily'> {
  readonly fills: number;
  /** Values by name. */
  readonly metrics: Readonly<Record<string, number | null>>;
}

export interface SliceHooks extends Pick<RunHooks, 'progress' | 'shouldStop'> {
  /** Rows of run `index`; a run's chunks come in order. */
  readonly onChunk: (index: number, rows: Pick<Chunk, 'orders' | 'fills'>) => void;
  /** Before run `index` goes on; undefined: what comes may serve several runs. */
  readonly onTurn?: (index: number | undefined) => void;
  /** After the last chunk of run `index`. */
  readonly onRun: (index: number, run: SliceRun) => void;
}

/** `blockSteps`: no result depends on it, which is why tests choose it. */
export function runSlice(
  { definition }: Strategy,
  input: SliceInput,
  hooks: SliceHooks,
  blockSteps: number = BLOCK_STEPS,
): void {
  const stage = makeStage(definition, input.feeds, blockSteps);
  const slice = new Slice(stage, definition, input, hooks);
  sealStage(stage);
  while (slice.goesOn && attempt(() => advanceStage(stage), slice)) {
    slice.block();
    if (hooks.shouldStop()) throw new GoboolError('GB_RUN_CANCELLED', 'The run was cancelled.');
  }
  slice.finish();
}

interface Member {
  readonly index: number;
  readonly run: StrategyRun;
}

class Slice {
  readonly #stage: Stage;
  readonly #onTurn: (index: number | undefined) => void;
  readonly #onEnd: (index: number, record: RunRecord) => void;
  /** The runs that have not ended. */
  #live: readonly Member[];

  constructor(stage: Stage, definition: Definition, input: SliceInput, hooks: SliceHooks) {
    const { sets, feeds, options } = input;
    this.#stage = stage;
    this.#live = sets.map((params, index) => {
      const onChunk = (chunk: Chunk): void => hooks.onChunk(index, chunk);
      const own = {
        onChunk,
        keepsRows: input.metrics.length > 0,
        wantsCurve: false,
        progress: hooks.progress,
        shouldStop: hooks.shouldStop,
      };
      return { index, run: new StrategyRun(stage, definition, { params, feeds, options }, own) };
    });
    this.#onTurn = hooks.onTurn ?? (() => {});
    this.#onEnd = (index, record) => hooks.onRun(index, outcomeOf(record, definition, input));
  }

  /** An exception of an indicator: it may serve several runs, so no parameters are told. */
  explain(error: unknown): unknown {
    return strategyError(error, this.#stage.timeline, { params: {}, ind: {} });
  }

  get goesOn(): boolean {
    return this.#live.length > 0;
  }

  /** Runs the stage's block in every run that goes on. */
  block(): void {
    const { timeline } = this.#stage;
    this.#live = this.#live.filter(member => {
      timeline.rewind();
      this.#onTurn(member.index);
      const goesOn = attempt(() => member.run.block(), member.run);
      if (!goesOn) this.#end(member);
      return goesOn;
    });
    this.#onTurn(undefined);
  }

  /** After the last block. */
  finish(): void {
    this.#stage.timeline.rewind();
    for (const member of this.#live) this.#end(member);
  }

  #end({ index, run }: Member): void {
    this.#onEnd(
      index,
      attempt(() => run.finish(), run),
    );
  }
}

/** Does `work`; what it throws is told with the place that `at` knows. */
function attempt<T>(work: () => T, at: { explain(error: unknown): unknown }): T {
  try {
    return work();
  } catch (error) {
    throw at.explain(error);
  }
}

function outcomeOf(record: RunRecord, definition: Definition, input: SliceInput): SliceRun {
  const { state, finalCash, finalEquity, daily, fillCount: fills } = record;
  const table =
    input.metrics.length === 0 ? curveMetrics(curveOf(record)) : summarize(record, input, ownFeeOf(definition)).metrics;
  const metrics = Object.fromEntries(Object.entries(table).map(([name, { value }]) => [name, value]));
  return { state, finalCash, finalEquity, daily, fills, positions: positionsOf(record), metrics };
}
