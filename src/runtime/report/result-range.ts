/**
 * What is left open by bars that reached two orders at once: the main numbers of the pessimistic run, which is the
 * result, beside those of the optimistic one. The truth lies between, unless an early fill changed everything after it.
 */
import { money } from '../base/format.ts';
import type { RunSummary } from '../metrics/summary.ts';
import { metricText } from './format.ts';
import { metricLabel } from './metric-label.ts';
import { note } from './notes.ts';
import type { TextStyle } from './style.ts';

const RANGE_METRICS = ['totalReturn', 'cagr', 'sharpe', 'maxDrawdown', 'trades', 'winRate', 'profitFactor'] as const;

/** For the JSON output. */
export function rangeData(pessimistic: RunSummary, optimistic: RunSummary) {
  return { pessimistic: mainNumbers(pessimistic), optimistic: mainNumbers(optimistic) };
}

function mainNumbers({ metrics, finalEquity, state }: RunSummary) {
  const main = RANGE_METRICS.map(name => [name, metrics[name]] as const);
  return { state, finalEquity, metrics: Object.fromEntries(main) };
}

/** For the terminal. */
export function rangeNote(pessimistic: RunSummary, optimistic: RunSummary, style: TextStyle): string[] {
  const parts = RANGE_METRICS.flatMap(name => {
    const [low, high] = [pessimistic, optimistic].map(({ metrics }) => metrics[name] && metricText(metrics[name]));
    return low === undefined || low === high ? [] : [`${metricLabel(name)} ${low} or ${high}`];
  });
  if (parts.length === 0) return note('range', 'the same whichever order of a bar filled first', style);
  const ends = `final equity ${money(pessimistic.finalEquity)} or ${money(optimistic.finalEquity)}`;
  return note('range', `if stops filled first, or targets: ${[...parts, ends].join(', ')}`, style);
}
