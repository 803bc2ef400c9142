import type { Metric } from './metric.ts';
import type { ProfitAndLoss } from './profit-and-loss.ts';

const DEFINITION = 'Mean profit of a closed trade, in cash after fees.';

export function expectancy({ closed, won, lost }: ProfitAndLoss): Metric {
  return { value: closed === 0 ? null : (won + lost) / closed, unit: 'cash', n: closed, definition: DEFINITION };
}
