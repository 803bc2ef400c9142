/** Sharpe ratio and volatility over a window of one year of sessions that moves along the run. */
import { returnStatistics } from '../../metrics/return-statistics.ts';
import type { RunSummary } from '../../metrics/summary.ts';

export interface Rolling {
  /** Closes at the end of each window, epoch milliseconds. */
  readonly times: Float64Array;
  /** Both annualised as in the metrics; NaN where equity did not move, or was used up. */
  readonly sharpe: Float64Array;
  readonly volatility: Float64Array;
  /** Returns in a window. */
  readonly window: number;
}

const POINTS_MAX = 1500;
/** Fewer windows say nothing that the whole run does not. */
const WINDOWS_MIN = 40;

/** Null for a run that is not clearly longer than a year. */
export function rollingOf({ daily, metrics }: Pick<RunSummary, 'daily' | 'metrics'>): Rolling | null {
  const { times, values } = daily;
  // Of a metric that is native in every dialect: their volatilities count other days, or compound.
  const window = metrics.probabilisticSharpe?.detail?.periodsPerYear ?? 0;
  const windows = values.length - window;
  if (window < 2 || windows < WINDOWS_MIN) return null;
  const stride = Math.ceil(windows / POINTS_MAX);
  const ends = Array.from({ length: Math.ceil(windows / stride) }, (_, i) => values.length - 1 - i * stride).reverse();
  const moments = ends.map(end => returnStatistics(values.subarray(end - window, end + 1)));
  const root = Math.sqrt(window);
  const isRuin = (i: number): boolean => values[ends[i]!]! <= 0;
  return {
    times: Float64Array.from(ends, end => times[end]!),
    sharpe: Float64Array.from(moments, ({ mean, deviation }, i) =>
      deviation === 0 || isRuin(i) ? Number.NaN : (mean / deviation) * root,
    ),
    volatility: Float64Array.from(moments, ({ deviation }, i) => (isRuin(i) ? Number.NaN : deviation * root)),
    window,
  };
}
