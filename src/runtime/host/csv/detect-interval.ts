import { type Interval, intervalOfMs } from '../../market/interval.ts';

/**
 * The interval of bars with these times: the commonest distance between neighbours, so that weekends, holidays and gaps
 * do not count. Undefined where that is no interval that gobool knows, or where there are fewer than two bars.
 * `time` is epoch milliseconds, rising or falling; only the first `length` values count.
 */
export function detectInterval(time: Float64Array, length: number): Interval | undefined {
  const counts = new Map<number, number>();
  const add = (distanceMs: number, count: number) => counts.set(distanceMs, (counts.get(distanceMs) ?? 0) + count);
  let [runMs, runLength] = [0, 0];
  for (let row = 1; row < length; row++) {
    const distanceMs = Math.abs((time[row] as number) - (time[row - 1] as number));
    if (distanceMs !== runMs) {
      add(runMs, runLength);
      [runMs, runLength] = [distanceMs, 0];
    }
    runLength++;
  }
  add(runMs, runLength);
  let [commonestMs, countMax] = [0, 0];
  for (const [distanceMs, count] of counts) {
    if (count > countMax || (count === countMax && distanceMs < commonestMs)) {
      [commonestMs, countMax] = [distanceMs, count];
    }
  }
  return intervalOfMs(commonestMs);
}
