/**
 * Time zones from the Temporal polyfill, as tables for the pure code. Loaded only where hours matter: daily data and
 * markets that never close do without.
 */
import { type Calendar, zoneNameOf } from '../market/calendar.ts';
import { civilDate, MS_PER_DAY } from '../market/civil-date.ts';
import { type Interval, isIntraday } from '../market/interval.ts';
import type { CalendarName } from '../market/product.ts';
import { UTC, type ZoneOffsets } from '../market/zone-offsets.ts';

/** A few days around the range asked for, so that local days at its edges are whole. */
const MARGIN_MS = 14 * MS_PER_DAY;

/** The calendar with the hours of its zone, right between two instants. */
export async function calendarBetween(name: CalendarName, fromMs: number, toMs: number): Promise<Calendar> {
  const zoneName = zoneNameOf(name);
  return { name, zone: zoneName === undefined ? UTC : await zoneOffsets(zoneName, fromMs, toMs) };
}

/**
 * The calendar of stored bars. Daily and longer bars carry their day in their stamp, so their calendar does without a
 * zone.
 */
export async function calendarForBars(
  name: CalendarName,
  interval: Interval,
  fromMs: number,
  toMs: number,
): Promise<Calendar> {
  return isIntraday(interval) ? calendarBetween(name, fromMs, toMs) : { name, zone: UTC };
}

/**
 * The offsets of an IANA zone between two instants, with the one in force before. Throws a RangeError for an unknown
 * zone.
 */
export async function zoneOffsets(zoneName: string, fromMs: number, toMs: number): Promise<ZoneOffsets> {
  const { Temporal } = await import('temporal-polyfill');
  const start = Temporal.Instant.fromEpochMilliseconds(clampToYears(fromMs - MARGIN_MS)).toZonedDateTimeISO(zoneName);
  const startsMs = [-Infinity];
  const offsetsMs = [start.offsetNanoseconds / 1e6];
  let next = start.getTimeZoneTransition('next');
  while (next !== null && next.epochMilliseconds <= toMs + MARGIN_MS) {
    startsMs.push(next.epochMilliseconds);
    offsetsMs.push(next.offsetNanoseconds / 1e6);
    next = next.getTimeZoneTransition('next');
  }
  return { startsMs, offsetsMs };
}

/** Zone rules before 1900 are of no use to anyone's bars, but slow to enumerate. */
function clampToYears(epochMs: number): number {
  return civilDate(Math.floor(epochMs / MS_PER_DAY)).year < 1900 ? -70 * 365.25 * MS_PER_DAY : epochMs;
}
