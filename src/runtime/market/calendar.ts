/**
 * When markets trade. A session is named by its day number: the local date of the trading day that it belongs to.
 * Days need no time zone; hours do, so a `Calendar` carries the table of its zone.
 * Limitation: late openings and moved hours before 1998 are not known.
 */
import { MS_PER_DAY, weekdayOf, weekNumber } from './civil-date.ts';
import type { CalendarName } from './product.ts';
import { isUsHalfDay, isUsHoliday } from './us-holidays.ts';
import { UTC, utcFromLocal, type ZoneOffsets } from './zone-offsets.ts';

const HOUR_MS = 3_600_000;

export interface Calendar {
  readonly name: CalendarName;
  readonly zone: ZoneOffsets;
}

/** From open to close, epoch milliseconds, UTC; `closeMs` is the first instant outside. */
export interface SessionHours {
  readonly openMs: number;
  readonly closeMs: number;
}

/** IANA name of the zone that a calendar's hours are kept in; undefined for UTC. */
export function zoneNameOf(name: CalendarName): string | undefined {
  return name === 'us-equity' || name === 'forex' ? 'America/New_York' : undefined;
}

/** Trading days a year: 365 where every day trades, else 252. */
export function periodsPerYear(name: CalendarName): number {
  return name === '24/7' ? 365 : 252;
}

export const WEEKS_PER_YEAR = 52;

/** What to add to local time so that a session does not cross midnight: forex days start at 17:00. */
export function dayShiftMs(name: CalendarName): number {
  return name === 'forex' ? 7 * HOUR_MS : 0;
}

/** From open to close of a daily bar: what `Bars.durationMs` says of it. Half days count as whole ones. */
export function dailyDurationMs(name: CalendarName): number {
  return name === 'us-equity' ? 6.5 * HOUR_MS : MS_PER_DAY;
}

/** Whether the market trades on a day. */
export function isSessionDay(name: CalendarName, dayIndex: number): boolean {
  if (name === '24/7') return true;
  const weekday = weekdayOf(dayIndex);
  if (weekday === 0 || weekday === 6) return false;
  return name !== 'us-equity' || !isUsHoliday(dayIndex);
}

/** The scheduled sessions from the first to the last day number, both included. */
export function sessionDays(name: CalendarName, firstDay: number, lastDay: number): number[] {
  const days: number[] = [];
  for (let day = firstDay; day <= lastDay; day++) if (isSessionDay(name, day)) days.push(day);
  return days;
}

/** Number of the week of a session, Monday to Sunday; the Sunday evening of forex opens the next week. */
export function weekOfSession(name: CalendarName, dayIndex: number): number {
  return weekNumber(name === 'forex' ? dayIndex + 1 : dayIndex);
}

/** The hours of a session. A day without one gets the hours of a usual day, so that its bars have a place. */
export function sessionHours(calendar: Calendar, dayIndex: number): SessionHours {
  const midnight = dayIndex * MS_PER_DAY;
  const at = (localMs: number): number => utcFromLocal(calendar.zone, localMs);
  switch (calendar.name) {
    case 'us-equity':
      return {
        openMs: at(midnight + 9.5 * HOUR_MS),
        closeMs: at(midnight + (isUsHalfDay(dayIndex) ? 13 : 16) * HOUR_MS),
      };
    case 'forex':
      return { openMs: at(midnight - 7 * HOUR_MS), closeMs: at(midnight + 17 * HOUR_MS) };
    default:
      return { openMs: midnight, closeMs: midnight + MS_PER_DAY };
  }
}

/** The stamp of a daily bar: the session's open for stocks, midnight UTC for the rest. */
export function dailyStampMs(calendar: Calendar, dayIndex: number): number {
  return calendar.name === 'us-equity' ? sessionHours(calendar, dayIndex).openMs : dayIndex * MS_PER_DAY;
}

/** A calendar whose days and hours are those of UTC. */
export function utcCalendar(name: '24/7' | 'weekdays'): Calendar {
  return { name, zone: UTC };
}
