import type { Metric } from './metric.ts';
import type { Trade } from './trades.ts';

/** Sweeney, "Maximum Adverse Excursion", 1996. */
const DEFINITIONS = {
  mae: 'Mean over closed trades of the furthest that price went against the trade, as a fraction of the entry price.',
  mfe: 'Mean over closed trades of the furthest that price went with the trade, as a fraction of the entry price.',
};

/** Maximum adverse or favourable excursion. */
export function meanExcursion(trades: readonly Trade[], kind: 'mae' | 'mfe'): Metric {
  let [sum, closed] = [0, 0];
  for (const trade of trades) {
    if (trade.open) continue;
    sum += trade[kind];
    closed++;
  }
  return { value: closed === 0 ? null : sum / closed, unit: 'ratio', n: closed, definition: DEFINITIONS[kind] };
}
