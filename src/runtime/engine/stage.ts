/** What runs over the same data can share: clocks, prices, indicators, and the steps. */
import { setAmbientClock } from '../base/ambient.ts';
import { LIMITS } from '../base/limits.ts';
import { Clock } from '../indicators/clock.ts';
import { IndicatorGraph } from '../indicators/graph.ts';
import type { Dataset } from '../market/dataset.ts';
import { type Definition, feedNames } from '../sdk/define-strategy.ts';
import { type JournalLogs, journalLogs } from './journal.ts';
import { Timeline } from './timeline.ts';
import { LiveFeed } from './views.ts';

export interface Stage {
  /** Names of the strategy's feeds. */
  readonly names: readonly string[];
  readonly datasets: readonly Dataset[];
  readonly graph: IndicatorGraph;
  readonly timeline: Timeline;
  readonly feeds: readonly LiveFeed[];
  /** Rows of runs that keep none. */
  readonly logs: JournalLogs;
  /** Equity and close times of the chunk that is being made. Several runs overwrite each other's. */
  readonly scratch: { readonly equity: Float64Array; readonly times: Float64Array };
}

/** `blockSteps`: how many steps the stage advances at once; no result depends on it. */
export function makeStage(
  definition: Definition,
  datasets: readonly Dataset[],
  blockSteps: number = LIMITS.blockSteps,
): Stage {
  const names = feedNames(definition);
  const graph = new IndicatorGraph(definition.history);
  const clocks = datasets.map((dataset, k) => new Clock(names[k]!, dataset.bars, graph));
  const timeline = new Timeline(clocks, blockSteps);
  setAmbientClock(() => timeline.now);
  const feeds = clocks.map(clock => new LiveFeed(clock, timeline));
  const scratch = { equity: new Float64Array(LIMITS.chunkSteps), times: new Float64Array(LIMITS.chunkSteps) };
  return { names, datasets, graph, timeline, feeds, logs: journalLogs(false), scratch };
}

/** Ends the declarations of all runs on the stage. */
export function sealStage({ graph, timeline }: Stage): void {
  graph.seal(timeline.blockSteps);
}

/** Prepares the next block of steps with its indicators; false when no bar is left. */
export function advanceStage({ graph, timeline }: Stage): boolean {
  if (!timeline.advance()) return false;
  graph.runBlock();
  return true;
}
