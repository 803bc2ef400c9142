import type { Metric } from '../metrics/metric.ts';

const RATIOS: readonly string[] = [
  'totalReturn',
  'cagr',
  'volatility',
  'maxDrawdown',
  'valueAtRisk',
  'conditionalValueAtRisk',
  'alpha',
  'winRate',
  'mae',
  'mfe',
  'exposure',
];

/** The unit of a metric of which only the name and the value are kept. */
export function metricUnit(name: string): Metric['unit'] {
  if (RATIOS.includes(name)) return 'ratio';
  if (name === 'trades') return 'count';
  return name === 'expectancy' ? 'cash' : 'number';
}
