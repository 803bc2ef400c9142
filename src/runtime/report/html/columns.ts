/** Columns of numbers as short text: rounded to what a person can tell apart. */
import { exponentOf } from '../../base/format.ts';
import type { Column, SteppedColumn, TimeColumn } from './page-data.ts';

/** `digits` that count; null where a value is not finite. */
export function roundedColumn(values: ArrayLike<number>, digits: number): Column {
  return Array.from(values, value => (Number.isFinite(value) ? Number(value.toPrecision(digits)) : null));
}

/** Amounts of money: `digits` that count, and the cents in any case, because the page shows them. */
export function moneyColumn(values: ArrayLike<number>, digits: number): Column {
  const large = Number(`1e${digits - 2}`);
  return Array.from(values, value => {
    if (!Number.isFinite(value)) return null;
    return Number(Math.abs(value) < large ? value.toPrecision(digits) : value.toFixed(2));
  });
}

/** Rounded to so many places after the point. */
export function fixedColumn(values: ArrayLike<number>, places: number): Column {
  return Array.from(values, value => (Number.isFinite(value) ? Number(value.toFixed(places)) : null));
}

/** With `digits` that count in the largest value. What is not finite becomes null. */
export function steppedColumn(values: Float64Array, digits: number): SteppedColumn {
  const largest = values.reduce((most, value) => (Number.isFinite(value) ? Math.max(most, Math.abs(value)) : most), 0);
  const places = Math.min(10, Math.max(0, digits - 1 - exponentOf(largest)));
  const scale = Number(`1e${places}`);
  let last = 0;
  const steps = Array.from(values, value => {
    if (!Number.isFinite(value)) return null;
    const step = Math.round(value * scale) - last;
    last += step;
    return step;
  });
  return { places, steps };
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
