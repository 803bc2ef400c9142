import { type Interval, intervalOfMs } from '../../market/interval.ts';

/** Four bars a session have three such distances of four, two days of two bars two of three. */
const OVERLAP_SHARE_MAX = 0.7;

/**
 * The interval of bars with these times: the commonest distance between neighbours, so that weekends, holidays and gaps
 * do not count. Undefined where that is no interval that gobool knows, or where there are fewer than two bars.
 * `time` is epoch milliseconds, rising or falling; only the first `length` values count.
 */
export function detectInterval(time: Float64Array, length: number): Interval | undefined {
  return intervalOfMs(commonestDistance(time, length));
}

/**
 * Whether bars of this length would overlap nearly everywhere. Some may: a session cuts its first and last bars, so
 * that of two 4h bars a day one is followed closely.
 */
export function wouldOverlap({ time, length }: { time: Float64Array; length: number }, intervalMs: number): boolean {
  let overlaps = 0;
  for (let row = 1; row < length; row++) {
    if ((time[row] as number) - (time[row - 1] as number) < intervalMs) overlaps++;
  }
  return length > 2 && overlaps > OVERLAP_SHARE_MAX * (length - 1);
}

/** In milliseconds; the shortest of several; 0 for fewer than two bars. */
export function commonestDistance(time: Float64Array, length: number): number {
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
  return commonestMs;
}
