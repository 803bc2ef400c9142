import type { Drawdown } from '../engine/record.ts';
import { MS_PER_DAY } from '../market/civil-date.ts';
import type { Metric } from './metric.ts';

/** An equity curve as far as its metrics need it: a strategy's, or its benchmark's. */
export interface EquityCurve {
  /** Equity at the first step, then at the last step of each session. Finite. */
  readonly daily: Float64Array;
  /** Close times of the first step and of the last, epoch milliseconds. */
  readonly startTime: number;
  readonly endTime: number;
  readonly periodsPerYear: number;
  /** Measured at every step, not on the daily samples. */
  readonly drawdown: Drawdown;
  /** Steps on which the drawdown was measured. */
  readonly steps: number;
}

/**
 * `metric` without its value where nothing was left at the end, which ended the run. What cannot go on has no year:
 * rates of a year, and ratios of them, would tell of an account that earns on below zero.
 */
export function unlessUsedUp({ daily }: Pick<EquityCurve, 'daily'>, metric: Metric): Metric {
  return (daily.at(-1) ?? Number.NaN) <= 0 ? { ...metric, value: null } : metric;
}

const DAYS_PER_YEAR = 365.25;

export function yearsOf({ startTime, endTime }: EquityCurve): number {
  return (endTime - startTime) / MS_PER_DAY / DAYS_PER_YEAR;
}
