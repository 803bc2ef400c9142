import { type EquityCurve, yearsOf } from './curve.ts';
import type { Metric } from './metric.ts';

const DEFINITION =
  'Value bought plus value sold in a year, over the mean of daily equity: 2 is the whole account bought and sold once.';

/** `traded` is the value of all fills, in cash. Undefined without a span. */
export function turnover(traded: number, fills: number, curve: EquityCurve): Metric {
  const { daily } = curve;
  const years = yearsOf(curve);
  const mean = daily.reduce((sum, equity) => sum + equity, 0) / daily.length;
  const defined = years > 0 && mean > 0;
  return { value: defined ? traded / mean / years : null, unit: 'number', n: fills, definition: DEFINITION };
}
