import { MS_PER_DAY } from '../../market/civil-date.ts';

/** UTC day, counted from 1970, of what closed then: a close at midnight belongs to the day before. */
export function dayOfClose(timeMs: number): number {
  return Math.floor((timeMs - 1) / MS_PER_DAY);
}

/** Whether the first sample is the start of a day whose end is a sample too: bars are shorter than a day. */
export function startsInsideDay(times: Float64Array): boolean {
  return times.length > 1 && dayOfClose(times[0]!) === dayOfClose(times[1]!);
}

/** The first sample, then one for every calendar day: the last known at its end, so that a weekend repeats Friday. */
export function everyDay(times: Float64Array, values: Float64Array): Float64Array {
  const firstDay = dayOfClose(times[0]!) - (startsInsideDay(times) ? 1 : 0);
  const days = new Float64Array(dayOfClose(times.at(-1)!) - firstDay + 1);
  let next = 1;
  for (let i = 0; i < days.length; i++) {
    while (next < times.length && dayOfClose(times[next]!) <= firstDay + i) next++;
    days[i] = values[next - 1]!;
  }
  return days;
}
