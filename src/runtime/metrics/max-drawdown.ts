import { MS_PER_DAY } from '../market/civil-date.ts';
import type { EquityCurve } from './curve.ts';
import type { Metric } from './metric.ts';
import { orZero } from './return-statistics.ts';

const DEFINITION = 'Largest fall of equity from a peak, as a positive fraction of that peak, measured on every bar.';

/** `days` runs from the peak to the recovery, or to the end of the run where equity never recovered. */
export function maxDrawdown({ drawdown, steps, endTime }: EquityCurve): Metric {
  const { peakTime, troughTime, recoveryTime } = drawdown;
  const depth = orZero(drawdown.depth);
  const metric: Metric = { value: steps > 0 ? depth : null, unit: 'ratio', n: steps, definition: DEFINITION };
  if (steps === 0 || depth === 0) return metric;
  const days = ((recoveryTime ?? endTime) - peakTime) / MS_PER_DAY;
  return { ...metric, detail: { peakTime, troughTime, recoveryTime, days } };
}
