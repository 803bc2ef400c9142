/**
 * Days on which the New York Stock Exchange was closed, or closed at 13:00, by rule plus the special closings. Exact
 * for 1998 to 2026; other years follow the same rules without their special days. Late openings are not known here.
 * Sources: NYSE "Holidays and Trading Hours" and its list of special closings; the closings are proved against the
 * dates of SPY's daily bars.
 */
import { civilDate, dayNumber, parseIsoDate, type Weekday, weekdayOf } from './civil-date.ts';

const CLOSED_BY_DECISION = [
  // September 11 attacks.
  ...['2001-09-11', '2001-09-12', '2001-09-13', '2001-09-14'],
  // Funerals of the presidents Reagan, Ford, George H. W. Bush and Carter.
  ...['2004-06-11', '2007-01-02', '2018-12-05', '2025-01-09'],
  // Hurricane Sandy.
  ...['2012-10-29', '2012-10-30'],
];
const SHORT_BY_DECISION = ['2003-12-26'];

const days = (dates: readonly string[]): ReadonlySet<number> => new Set(dates.map(date => parseIsoDate(date) ?? NaN));
const closedByDecision = days(CLOSED_BY_DECISION);
const shortByDecision = days(SHORT_BY_DECISION);

const holidaysByYear = new Map<number, ReadonlySet<number>>();

/** Whether the exchange was closed on a weekday. */
export function isUsHoliday(dayIndex: number): boolean {
  const { year } = civilDate(dayIndex);
  let holidays = holidaysByYear.get(year);
  if (holidays === undefined) {
    holidays = new Set(holidaysOf(year));
    holidaysByYear.set(year, holidays);
  }
  return holidays.has(dayIndex) || closedByDecision.has(dayIndex);
}

/** Whether a session ended at 13:00 New York. */
export function isUsHalfDay(dayIndex: number): boolean {
  const { year, month, day } = civilDate(dayIndex);
  const weekday = weekdayOf(dayIndex);
  if (month === 7 && day === 3) return [1, 2, 4].includes(weekday) || (weekday === 3 && year >= 2013);
  if (month === 7 && day === 5) return weekday === 5 && year < 2013;
  if (month === 11) return dayIndex === nthWeekday(year, 11, 4, 4) + 1;
  if (month === 12 && day === 24) return weekday >= 1 && weekday <= 4;
  return shortByDecision.has(dayIndex);
}

function holidaysOf(year: number): number[] {
  const newYear = dayNumber(year, 1, 1);
  return [
    weekdayOf(newYear) === 0 ? newYear + 1 : newYear,
    ...(year >= 1998 ? [nthWeekday(year, 1, 1, 3)] : []),
    nthWeekday(year, 2, 1, 3),
    easterSunday(year) - 2,
    // Memorial Day, the last Monday of May: a week before the first one of June.
    nthWeekday(year, 6, 1, 1) - 7,
    ...(year >= 2022 ? [observed(dayNumber(year, 6, 19))] : []),
    observed(dayNumber(year, 7, 4)),
    nthWeekday(year, 9, 1, 1),
    nthWeekday(year, 11, 4, 4),
    observed(dayNumber(year, 12, 25)),
  ];
}

/** A Saturday's holiday is kept on Friday, a Sunday's on Monday. */
function observed(dayIndex: number): number {
  const weekday = weekdayOf(dayIndex);
  if (weekday === 6) return dayIndex - 1;
  return weekday === 0 ? dayIndex + 1 : dayIndex;
}

function nthWeekday(year: number, month: number, weekday: Weekday, nth: number): number {
  const first = dayNumber(year, month, 1);
  return first + ((weekday - weekdayOf(first) + 7) % 7) + 7 * (nth - 1);
}

/** Anonymous Gregorian computus (Meeus, Jones, Butcher). */
function easterSunday(year: number): number {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const inCentury = year % 100;
  const correction = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const moon = (19 * golden + century - Math.floor(century / 4) - correction + 15) % 30;
  const toSunday = (32 + 2 * (century % 4) + 2 * Math.floor(inCentury / 4) - moon - (inCentury % 4)) % 7;
  const late = Math.floor((golden + 11 * moon + 22 * toSunday) / 451);
  const marchBased = moon + toSunday - 7 * late + 114;
  return dayNumber(year, Math.floor(marchBased / 31), (marchBased % 31) + 1);
}
