import type { Metric } from './metric.ts';
import type { WorstReturns } from './worst-returns.ts';

const DEFINITION =
  'The smallest loss among the worst 5% of days, as a positive fraction of equity: historical, 95%, one day.';

/** Negative where even these days won. */
export function valueAtRisk({ n, returns }: WorstReturns): Metric {
  const last = returns.at(-1);
  return { value: last === undefined ? null : 0 - last, unit: 'ratio', n, definition: DEFINITION };
}
