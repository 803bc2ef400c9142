/** From a strategy's file to all sets of parameters that its sweep runs. */
import { CURVE_METRIC_NAMES } from '../../metrics/metric-names.ts';
import { type SweepSpace, sweepSpace } from '../../sweep/space.ts';
import type { ExecuteOptions, Executor } from '../executor.ts';
import { shareColumns } from '../executors/share-columns.ts';
import { countSteps } from '../executors/timeline.ts';
import { keyPartsOf } from '../plan-facts.ts';
import { planRun, type RunPlan } from '../plan-run.ts';
import { sweepKey } from '../run-key.ts';
import type { SweepOptions } from './sweep-options.ts';

export interface SweepPlan {
  /** With the declared defaults as parameters; its columns lie in shared memory. */
  readonly run: RunPlan;
  readonly space: SweepSpace;
  readonly sweepKey: string;
  /** The same whenever the same sweep is run. */
  readonly sweepId: string;
  /** Metrics that are kept of each run beside those of its curve. */
  readonly metrics: readonly string[];
  readonly stepsPerRun: number;
}

export async function planSweep(
  options: SweepOptions,
  executor: Executor,
  execute: ExecuteOptions,
): Promise<SweepPlan> {
  const { description, input, ...rest } = await planRun({ ...options, params: {} }, executor, execute);
  const run = { ...rest, description, input: shareColumns(input) };
  const space = sweepSpace(description.params, options.space);
  const isOwn = CURVE_METRIC_NAMES.some(name => name === options.objective.metric);
  const metrics = isOwn ? [] : [options.objective.metric];
  const key = sweepKey({ ...keyPartsOf(options, run), sets: space.sets, metrics });
  return { run, space, sweepKey: key, sweepId: `s-${key.slice(0, 12)}`, metrics, stepsPerRun: countSteps(input.feeds) };
}
