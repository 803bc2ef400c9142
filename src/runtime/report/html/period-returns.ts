/** Returns of calendar months and years, from samples of equity at the ends of sessions. */
import { civilDate, MS_PER_DAY } from '../../market/civil-date.ts';

/** One year; what a run does not reach is null. */
export interface YearOfReturns {
  readonly year: number;
  /** January first. */
  readonly months: readonly (number | null)[];
  readonly total: number;
}

/** `times`: closes, epoch milliseconds; a close at midnight belongs to the day before. Oldest year first. */
export function periodReturns(times: Float64Array, equity: Float64Array): readonly YearOfReturns[] {
  const years: { year: number; months: (number | null)[]; total: number }[] = [];
  let [atYear, atMonth] = [equity[0] ?? 0, equity[0] ?? 0];
  for (let i = 0; i < times.length; i++) {
    const { year, month } = monthOf(times[i]!);
    const next = i + 1 < times.length ? monthOf(times[i + 1]!) : undefined;
    if (years.at(-1)?.year !== year) years.push({ year, months: Array(12).fill(null), total: 0 });
    if (next?.month === month && next.year === year) continue;
    const current = years.at(-1)!;
    current.months[month - 1] = change(atMonth, equity[i]!);
    current.total = change(atYear, equity[i]!);
    atMonth = equity[i]!;
    if (next?.year !== year) atYear = equity[i]!;
  }
  return years;
}

function monthOf(time: number): { year: number; month: number } {
  return civilDate(Math.floor((time - 1) / MS_PER_DAY));
}

/** Nothing can be said of what begins with no money. */
function change(from: number, to: number): number {
  return from > 0 ? to / from - 1 : 0;
}
