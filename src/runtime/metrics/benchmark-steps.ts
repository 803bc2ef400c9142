/** The steps of a benchmark: close times of its holdings, merged, a block at a time. */
import { type Bars, closeTimeAt } from '../market/bars.ts';
import { closeStamps, type Holding } from './holding.ts';

/** Writes the close times that follow the holdings' last ones, up to `endTime`, as many as fit; returns how many. */
export function nextSteps(holdings: readonly Holding[], endTime: number, times: Float64Array): number {
  const [first, ...others] = holdings as readonly [Holding, ...Holding[]];
  const count = copySteps(first, endTime, times);
  // Products of one calendar mostly have the same bars.
  const isWhole = count === times.length || others.length === 0;
  if (isWhole && others.every(holding => hasSteps(holding, times))) return count;
  return mergeSteps(holdings, endTime, times);
}

function copySteps({ bars, next }: Holding, endTime: number, times: Float64Array): number {
  const { stamps, shift } = closeStamps(bars);
  const count = Math.min(times.length, bars.length - next);
  for (let step = 0; step < count; step++) {
    const time = stamps[next + step]! + shift;
    if (time > endTime) return step;
    times[step] = time;
  }
  return count;
}

function hasSteps({ bars, next }: Holding, times: Float64Array): boolean {
  const { stamps, shift } = closeStamps(bars);
  if (bars.length - next < times.length) return false;
  for (let step = 0; step < times.length; step++) if (stamps[next + step]! + shift !== times[step]) return false;
  return true;
}

function mergeSteps(holdings: readonly Holding[], endTime: number, times: Float64Array): number {
  const bars = holdings.map(holding => holding.bars);
  const next = Int32Array.from(holdings, holding => holding.next);
  const closes = Float64Array.from(bars, (each, k) => timeOf(each, next[k]!));
  for (let step = 0; step < times.length; step++) {
    let time = Number.POSITIVE_INFINITY;
    for (let k = 0; k < closes.length; k++) if (closes[k]! < time) time = closes[k]!;
    if (time > endTime) return step;
    times[step] = time;
    for (let k = 0; k < closes.length; k++) if (closes[k] === time) closes[k] = timeOf(bars[k]!, ++next[k]!);
  }
  return times.length;
}

/** Infinite after the last bar. */
function timeOf(bars: Bars, index: number): number {
  return index < bars.length ? closeTimeAt(bars, index) : Number.POSITIVE_INFINITY;
}
