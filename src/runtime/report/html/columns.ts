/** Columns of numbers as short text: rounded to what a person can tell apart. */
import type { Column, TimeColumn } from './page-data.ts';

/** `digits` that count; null where a value is not finite. */
export function roundedColumn(values: ArrayLike<number>, digits: number): Column {
  return Array.from(values, value => (Number.isFinite(value) ? Number(value.toPrecision(digits)) : null));
}

/** Rounded to so many places after the point. */
export function fixedColumn(values: ArrayLike<number>, places: number): Column {
  return Array.from(values, value => (Number.isFinite(value) ? Number(value.toFixed(places)) : null));
}

/** Increasing epoch milliseconds as seconds: the first one, then differences. */
export function timeColumn(timesMs: ArrayLike<number>): TimeColumn {
  let last = 0;
  return Array.from(timesMs, time => {
    const seconds = Math.round(time / 1000);
    const difference = seconds - last;
    last = seconds;
    return difference;
  });
}

export function secondsColumn(timesMs: readonly number[]): readonly number[] {
  return timesMs.map(time => Math.round(time / 1000));
}
