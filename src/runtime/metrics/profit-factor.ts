import type { Metric } from './metric.ts';
import type { ProfitAndLoss } from './profit-and-loss.ts';

const DEFINITION =
  'Sum of the profits of closed winning trades over the sum of the losses of closed losing trades, in cash after fees.';

/** Undefined without a losing trade. */
export function profitFactor({ closed, won, lost }: ProfitAndLoss): Metric {
  return { value: lost === 0 ? null : won / -lost, unit: 'number', n: closed, definition: DEFINITION };
}
