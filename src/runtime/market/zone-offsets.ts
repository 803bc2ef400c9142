import { firstWhere } from '../base/first-where.ts';

/**
 * A time zone as a table: from `startsMs[i]` (epoch milliseconds, UTC) local time is UTC plus `offsetsMs[i]`.
 * The first start is -Infinity. Pure code never asks the machine for zones; the host makes these tables.
 * Limitation: a table holds for the range that it was made for; its last offset goes on for ever.
 */
export interface ZoneOffsets {
  readonly startsMs: readonly number[];
  readonly offsetsMs: readonly number[];
}

export const UTC: ZoneOffsets = { startsMs: [-Infinity], offsetsMs: [0] };

/** Index of the entry in force at an instant. */
export function zoneEntryAt(zone: ZoneOffsets, utcMs: number): number {
  return firstWhere(1, zone.startsMs.length, entry => zone.startsMs[entry]! > utcMs) - 1;
}

export function localFromUtc(zone: ZoneOffsets, utcMs: number): number {
  return utcMs + zone.offsetsMs[zoneEntryAt(zone, utcMs)]!;
}

/**
 * The instant of a local time. A time that happens twice (clocks go back) is the first; one that never happens
 * (clocks go forward) is moved on by the gap, as calendars do.
 */
export function utcFromLocal(zone: ZoneOffsets, localMs: number): number {
  const before = zone.offsetsMs[zoneEntryAt(zone, localMs - 86_400_000)]!;
  const after = zone.offsetsMs[zoneEntryAt(zone, localMs + 86_400_000)]!;
  const first = localMs - before;
  const second = localMs - after;
  const isInForce = (offsetMs: number, utcMs: number): boolean => zone.offsetsMs[zoneEntryAt(zone, utcMs)] === offsetMs;
  return isInForce(before, first) || !isInForce(after, second) ? first : second;
}
