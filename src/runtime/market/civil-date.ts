/**
 * Dates as day numbers: whole days since 1970-01-01. Proleptic Gregorian, no time zone.
 * Algorithms: Howard Hinnant, "chrono-compatible low-level date algorithms".
 */
export const MS_PER_DAY = 86_400_000;

/** 0 is Sunday. */
export type Weekday = 0 | 1 | 2 | 3 | 4 | 5 | 6;

export interface CivilDate {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
}

export function dayNumber(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

export function civilDate(dayIndex: number): CivilDate {
  const shifted = dayIndex + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const leaps = Math.floor(dayOfEra / 1_460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leaps) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return { year, month, day: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1 };
}

export function weekdayOf(dayIndex: number): Weekday {
  return ((((dayIndex + 4) % 7) + 7) % 7) as Weekday;
}

/** Number of the week that starts on a Monday. */
export function weekNumber(dayIndex: number): number {
  return Math.floor((dayIndex + 3) / 7);
}

/** The day number on which a week starts. */
export function mondayOf(week: number): number {
  return week * 7 - 3;
}

/** `2021-03-31`. */
export function isoDate(dayIndex: number): string {
  const { year, month, day } = civilDate(dayIndex);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** `2021-03-31T13:30Z`, for messages: to the minute, or to the millisecond where there are some. */
export function isoTime(epochMs: number): string {
  const dayIndex = Math.floor(epochMs / MS_PER_DAY);
  const ms = epochMs - dayIndex * MS_PER_DAY;
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const clock = `${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}`;
  const seconds = ms % 60_000;
  if (seconds === 0) return `${isoDate(dayIndex)}T${clock}Z`;
  const fraction = seconds % 1000 === 0 ? '' : `.${String(seconds % 1000).padStart(3, '0')}`;
  return `${isoDate(dayIndex)}T${clock}:${two(seconds / 1000)}${fraction}Z`;
}

/** Day number of `2021-03-31`; undefined where that is no date. */
export function parseIsoDate(text: string): number | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return undefined;
  const dayIndex = dayNumber(Number(match[1]), Number(match[2]), Number(match[3]));
  return isoDate(dayIndex) === text ? dayIndex : undefined;
}
