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
 * Whether nothing was left at the end, which ended the run. What cannot go on has no year: rates of a year, and ratios
 * of them, would tell of an account that earns on below zero.
 */
function isUsedUp({ daily }: Pick<EquityCurve, 'daily'>): boolean {
  return daily.length > 0 && daily.at(-1)! <= 0;
}

/** `metric` without its value where the curve ended at zero or below. */
export function unlessUsedUp(curve: Pick<EquityCurve, 'daily'>, metric: Metric): Metric {
  return isUsedUp(curve) ? { ...metric, value: null } : metric;
}

const DAYS_PER_YEAR = 365.25;

export function yearsOf({ startTime, endTime }: EquityCurve): number {
  return (endTime - startTime) / MS_PER_DAY / DAYS_PER_YEAR;
}
