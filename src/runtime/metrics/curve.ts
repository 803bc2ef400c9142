import type { Drawdown } from '../engine/record.ts';
import { MS_PER_DAY } from '../market/civil-date.ts';

/** An equity curve as far as its metrics need it: a strategy's, or its benchmark's. */
export interface EquityCurve {
  /** Equity at the first step, then at the last step of each session. Finite. */
  readonly daily: Float64Array;
  /** From the first step to the last, milliseconds. */
  readonly spanMs: number;
  readonly periodsPerYear: number;
  /** Measured at every step, not on the daily samples. */
  readonly drawdown: Drawdown;
  /** Steps on which the drawdown was measured. */
  readonly steps: number;
}

const DAYS_PER_YEAR = 365.25;

export function yearsOf(spanMs: number): number {
  return spanMs / MS_PER_DAY / DAYS_PER_YEAR;
}
