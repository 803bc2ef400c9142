import type { Metric } from './metric.ts';
import type { ProfitAndLoss } from './profit-and-loss.ts';

const DEFINITION = 'Closed round trips, first in first out; a position closed in two parts counts twice.';

export function tradeCount({ closed }: ProfitAndLoss): Metric {
  return { value: closed, unit: 'count', n: closed, definition: DEFINITION };
}
