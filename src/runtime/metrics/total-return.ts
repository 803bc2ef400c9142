import type { EquityCurve } from './curve.ts';
import type { Metric } from './metric.ts';

const DEFINITION = 'Equity at the end over equity at the start, minus 1.';

export function totalReturn({ daily }: EquityCurve): Metric {
  const defined = daily.length >= 2;
  const value = defined ? daily.at(-1)! / daily[0]! - 1 : null;
  return { value, unit: 'ratio', n: Math.max(0, daily.length - 1), definition: DEFINITION };
}
