import type { Metric } from './metric.ts';
import type { ProfitAndLoss } from './profit-and-loss.ts';

const DEFINITION = 'Closed trades with a profit after fees, over all closed trades.';

export function winRate({ closed, wins }: ProfitAndLoss): Metric {
  return { value: closed === 0 ? null : wins / closed, unit: 'ratio', n: closed, definition: DEFINITION };
}
