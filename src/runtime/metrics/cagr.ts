import { type EquityCurve, yearsOf } from './curve.ts';
import type { Metric } from './metric.ts';

const DEFINITION = 'Compound annual growth rate: (equity at the end / at the start) ^ (365.25 days / span) - 1.';

/** Undefined without a span, and for equity below zero, which has no growth rate. */
export function cagr(curve: EquityCurve): Metric {
  const { daily } = curve;
  const years = yearsOf(curve);
  const n = Math.max(0, daily.length - 1);
  const growth = n > 0 ? daily.at(-1)! / daily[0]! : -1;
  return { value: annualGrowth(growth, years), unit: 'ratio', n, definition: DEFINITION };
}

/** `growth` is the end over the start. */
export function annualGrowth(growth: number, years: number): number | null {
  const rate = years > 0 && growth >= 0 ? growth ** (1 / years) - 1 : null;
  // A few days of a large gain can compound past the largest number.
  return rate === Number.POSITIVE_INFINITY ? null : rate;
}
