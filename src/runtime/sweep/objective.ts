import { didYouMean } from '../base/closest.ts';
import { GoboolError } from '../base/error.ts';
import { METRIC_NAMES } from '../metrics/metric-names.ts';
import type { SweepObjective } from './sweep-result.ts';

export const DEFAULT_OBJECTIVE = 'sharpe';

/** Metrics of which less is better: they measure risk or effort. */
const MINIMIZED: readonly string[] = [
  'volatility',
  'maxDrawdown',
  'valueAtRisk',
  'conditionalValueAtRisk',
  'mae',
  'turnover',
  'exposure',
];

/** Every metric that a run has by itself. */
export const OBJECTIVE_NAMES: readonly string[] = METRIC_NAMES.filter(name => name !== 'deflatedSharpe');

/** The direction follows from the metric unless it is said. Throws `GB_SWEEP_OBJECTIVE`. */
export function objectiveOf(metric: string, direction?: SweepObjective['direction']): SweepObjective {
  if (metric === 'deflatedSharpe')
    throw new GoboolError('GB_SWEEP_OBJECTIVE', 'deflatedSharpe is known only after all runs of the sweep.');
  if (!OBJECTIVE_NAMES.includes(metric)) {
    const help = didYouMean(metric, OBJECTIVE_NAMES) || ` Metrics: ${OBJECTIVE_NAMES.join(', ')}.`;
    throw new GoboolError('GB_SWEEP_OBJECTIVE', `There is no metric "${metric}".${help}`);
  }
  return { metric, direction: direction ?? (MINIMIZED.includes(metric) ? 'minimize' : 'maximize') };
}
