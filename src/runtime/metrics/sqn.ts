import type { Metric } from './metric.ts';
import type { ProfitAndLoss } from './profit-and-loss.ts';

const DEFINITION =
  'Mean profit of a closed trade over its standard deviation (n - 1), times the root of the trades, not capped.';

/** System quality number. Tharp, "Definitive Guide to Position Sizing", 2008, caps n at 100. Null without deviation. */
export function sqn({ closed, won, lost, deviation }: ProfitAndLoss): Metric {
  const value = deviation === 0 ? null : ((won + lost) / closed / deviation) * Math.sqrt(closed);
  return { value, unit: 'number', n: closed, definition: DEFINITION };
}
