/**
 * Finer bars to coarser ones: open of the first, highest high, lowest low, close and spread of the last, sum of the
 * volumes. `resample-buckets.ts` decides which bars belong together and when the coarse bar opens and closes. Every
 * bar of a session counts, also those outside regular hours where the data has them.
 */
import type { Bars } from './bars.ts';
import type { Calendar } from './calendar.ts';
import { INTERVAL_MS, type Interval } from './interval.ts';
import { type Buckets, bucketsOf } from './resample-buckets.ts';

/**
 * The coarse bars. A last bar that is not finished when the data ends is left out. Weeks are made by way of days; from
 * daily bars to weeks the calendar's zone is not used.
 */
export function resample(bars: Bars, interval: Interval, calendar: Calendar): Bars {
  const isFromClock = bars.durationMs <= INTERVAL_MS['4h'];
  if (interval === '1w' && isFromClock) return fold(fold(bars, '1d', calendar), '1w', calendar);
  return fold(bars, interval, calendar);
}

function fold(bars: Bars, interval: Interval, calendar: Calendar): Bars {
  const buckets = bucketsOf(bars, interval, calendar);
  const { length, starts } = buckets;
  const column = (): Float64Array => new Float64Array(length);
  const coarse = { open: column(), high: column(), low: column(), close: column(), volume: column() };
  pickFirst(coarse.open, bars.open, starts);
  foldMax(coarse.high, bars.high, starts);
  foldMin(coarse.low, bars.low, starts);
  pickLast(coarse.close, bars.close, starts);
  foldSum(coarse.volume, bars.volume, starts);
  return { ...frameOf(buckets), ...coarse, ...(bars.spread && { spread: lastOf(bars.spread, starts, length) }) };
}

function frameOf({ length, time, closeTime, session, durationMs }: Buckets) {
  return { length, time, closeTime, session, durationMs };
}

function lastOf(source: Float64Array, starts: Int32Array, length: number): Float64Array {
  const out = new Float64Array(length);
  pickLast(out, source, starts);
  return out;
}

function pickFirst(out: Float64Array, source: Float64Array, starts: Int32Array): void {
  for (let b = 0; b < out.length; b++) out[b] = source[starts[b]!]!;
}

function pickLast(out: Float64Array, source: Float64Array, starts: Int32Array): void {
  for (let b = 0; b < out.length; b++) out[b] = source[starts[b + 1]! - 1]!;
}

function foldMax(out: Float64Array, source: Float64Array, starts: Int32Array): void {
  for (let b = 0; b < out.length; b++) {
    let highest = source[starts[b]!]!;
    for (let i = starts[b]! + 1; i < starts[b + 1]!; i++) if (source[i]! > highest) highest = source[i]!;
    out[b] = highest;
  }
}

function foldMin(out: Float64Array, source: Float64Array, starts: Int32Array): void {
  for (let b = 0; b < out.length; b++) {
    let lowest = source[starts[b]!]!;
    for (let i = starts[b]! + 1; i < starts[b + 1]!; i++) if (source[i]! < lowest) lowest = source[i]!;
    out[b] = lowest;
  }
}

function foldSum(out: Float64Array, source: Float64Array, starts: Int32Array): void {
  for (let b = 0; b < out.length; b++) {
    let sum = 0;
    for (let i = starts[b]!; i < starts[b + 1]!; i++) sum += source[i]!;
    out[b] = sum;
  }
}
