import type { Metric } from './metric.ts';
import type { WorstReturns } from './worst-returns.ts';

const DEFINITION =
  'Mean loss of the worst 5% of days, as a positive fraction of equity: historical, 95%, one day; expected shortfall.';

/** Acerbi and Tasche, "On the Coherence of Expected Shortfall", 2002. Never below the value at risk. */
export function conditionalValueAtRisk({ n, returns }: WorstReturns): Metric {
  const mean = returns.reduce((sum, each) => sum + each, 0) / returns.length;
  return { value: returns.length === 0 ? null : 0 - mean, unit: 'ratio', n, definition: DEFINITION };
}
