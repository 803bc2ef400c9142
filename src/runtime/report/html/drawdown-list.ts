/** The deepest falls of an equity curve, each from its peak to its recovery. Measured on the ends of sessions. */
import { orZero } from '../../metrics/return-statistics.ts';

export interface Fall {
  /** Closes, epoch milliseconds. */
  readonly peakTime: number;
  readonly troughTime: number;
  /** Null where the peak was not reached again. */
  readonly recoveryTime: number | null;
  /** Positive fraction of the peak. */
  readonly depth: number;
}

/** At most `count`, deepest first. */
export function deepestFalls(times: Float64Array, equity: Float64Array, count: number): readonly Fall[] {
  const falls: Fall[] = [];
  let [peak, trough] = [0, 0];
  const note = (recoveryTime: number | null) => {
    const depth = orZero(1 - equity[trough]! / equity[peak]!);
    if (depth > 0) falls.push({ peakTime: times[peak]!, troughTime: times[trough]!, recoveryTime, depth });
  };
  for (let i = 1; i < equity.length; i++) {
    if (equity[i]! < equity[trough]!) trough = i;
    if (equity[i]! < equity[peak]!) continue;
    note(times[i]!);
    peak = i;
    trough = i;
  }
  if (equity.length > 0) note(null);
  return falls.sort((a, b) => b.depth - a.depth).slice(0, count);
}
