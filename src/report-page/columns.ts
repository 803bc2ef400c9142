/** The page's columns, back as they were. */
import type { Column, SteppedColumn, TimeColumn } from '../runtime/report/html/page-data.ts';

/** Epoch seconds from differences. */
export function timesOf(column: TimeColumn): number[] {
  let time = 0;
  return column.map(difference => {
    time += difference;
    return time;
  });
}

export function valuesOf({ places, steps }: SteppedColumn): Column {
  const scale = Number(`1e${places}`);
  let sum = 0;
  return steps.map(step => {
    if (step === null) return null;
    sum += step;
    return sum / scale;
  });
}
