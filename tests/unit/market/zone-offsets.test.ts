import { expect, test } from 'vitest';
import { type Calendar, utcCalendar } from '../../../src/runtime/market/calendar.ts';
import { isoDate } from '../../../src/runtime/market/civil-date.ts';
import { fillDailySessions, fillIntradaySessions, firstAtOrAfter } from '../../../src/runtime/market/session-column.ts';
import { localFromUtc, UTC, utcFromLocal } from '../../../src/runtime/market/zone-offsets.ts';
import { newYork } from '../../helpers/new-york.ts';

const HOUR_MS = 3_600_000;

test('local time is UTC plus the offset in force', () => {
  const spring = Date.UTC(2021, 2, 14, 7);
  expect(localFromUtc(newYork, spring - 1)).toBe(spring - 1 - 5 * HOUR_MS);
  expect(localFromUtc(newYork, spring)).toBe(spring - 4 * HOUR_MS);
  expect(localFromUtc(UTC, spring)).toBe(spring);
});

test('every hour of a year goes to local time and back, but for the hour that happens twice', () => {
  const start = Date.UTC(2021, 0);
  const secondOne = Date.UTC(2021, 10, 7, 6);
  for (let hour = 0; hour < 365 * 24; hour++) {
    const utcMs = start + hour * HOUR_MS;
    const expected = utcMs === secondOne ? utcMs - HOUR_MS : utcMs;
    expect(utcFromLocal(newYork, localFromUtc(newYork, utcMs))).toBe(expected);
  }
});

test('a local time that is skipped is moved on by the gap', () => {
  expect(utcFromLocal(newYork, Date.UTC(2021, 2, 14, 2, 30))).toBe(Date.UTC(2021, 2, 14, 7, 30));
});

const sessionsOf = (calendar: Calendar, times: readonly string[]): string[] => {
  const session = new Int32Array(times.length);
  fillIntradaySessions(session, Float64Array.from(times, Date.parse), calendar);
  return Array.from(session, isoDate);
};

test('intraday bars belong to the local date of their market', () => {
  const times = [
    '2021-03-14T03:59Z',
    '2021-03-14T20:59Z',
    '2021-03-14T21:00Z',
    '2021-03-15T03:59Z',
    '2021-03-15T04:00Z',
  ];
  expect(sessionsOf({ name: 'us-equity', zone: newYork }, times)).toEqual([
    ...['2021-03-13', '2021-03-14', '2021-03-14', '2021-03-14', '2021-03-15'],
  ]);
  expect(sessionsOf({ name: 'forex', zone: newYork }, times)).toEqual([
    ...['2021-03-14', '2021-03-14', '2021-03-15', '2021-03-15', '2021-03-15'],
  ]);
  expect(sessionsOf(utcCalendar('24/7'), times)).toEqual([
    ...['2021-03-14', '2021-03-14', '2021-03-14', '2021-03-15', '2021-03-15'],
  ]);
});

test('each daily bar is a session of its own', () => {
  const session = new Int32Array(2);
  fillDailySessions(session, Float64Array.of(Date.UTC(2021, 2, 12, 14, 30), Date.UTC(2021, 2, 15, 13, 30)));
  expect(Array.from(session, isoDate)).toEqual(['2021-03-12', '2021-03-15']);
});

test('the first bar at or after an instant', () => {
  const time = Float64Array.of(10, 20, 30);
  expect([5, 10, 11, 30, 31].map(instant => firstAtOrAfter(time, instant))).toEqual([0, 0, 1, 2, 3]);
});
