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

/** The direction follows from the metric unless it is said. Throws `GB_SWEEP_OBJECTIVE`. */
export function objectiveOf(metric: string, direction?: SweepObjective['direction']): SweepObjective {
  const names: readonly string[] = METRIC_NAMES;
  if (!names.includes(metric)) {
    const help = didYouMean(metric, names) || ` Metrics: ${names.join(', ')}.`;
    throw new GoboolError('GB_SWEEP_OBJECTIVE', `There is no metric "${metric}".${help}`);
  }
  return { metric, direction: direction ?? (MINIMIZED.includes(metric) ? 'minimize' : 'maximize') };
}
