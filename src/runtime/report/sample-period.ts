/** What passes between two samples of equity, which the metrics call days: weeks, where no bar is shorter than one. */
import { WEEKS_PER_YEAR } from '../market/calendar.ts';
import type { RunSummary } from '../metrics/summary.ts';

export interface SamplePeriod {
  readonly noun: 'day' | 'week';
  readonly adjective: 'daily' | 'weekly';
}

const DAY: SamplePeriod = { noun: 'day', adjective: 'daily' };
const WEEK: SamplePeriod = { noun: 'week', adjective: 'weekly' };

/** Read off a metric that is native in every dialect; days, where equity never moved. */
export function samplePeriod({ metrics }: Pick<RunSummary, 'metrics'>): SamplePeriod {
  return metrics.probabilisticSharpe?.detail?.periodsPerYear === WEEKS_PER_YEAR ? WEEK : DAY;
}
