/** The page's columns, back as they were. */
import type { TimeColumn } from '../runtime/report/html/page-data.ts';

/** Epoch seconds from differences. */
export function timesOf(column: TimeColumn): number[] {
  let time = 0;
  return column.map(difference => {
    time += difference;
    return time;
  });
}
