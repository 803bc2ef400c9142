import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  civilDate,
  dayNumber,
  isoDate,
  isoTime,
  parseIsoDate,
  weekdayOf,
  weekNumber,
} from '../../../src/runtime/market/civil-date.ts';

const day = fc.integer({ min: -200_000, max: 200_000 });

test('day numbers agree with the Gregorian calendar of the machine', () => {
  fc.assert(
    fc.property(day, dayIndex => {
      const date = new Date(dayIndex * 86_400_000);
      const { year, month, day: dayOfMonth } = civilDate(dayIndex);
      expect([year, month, dayOfMonth]).toEqual([date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()]);
      expect(dayNumber(year, month, dayOfMonth)).toBe(dayIndex);
      expect(weekdayOf(dayIndex)).toBe(date.getUTCDay());
    }),
  );
});

test('a week runs from Monday to Sunday', () => {
  const week = (date: string): number => weekNumber(parseIsoDate(date)!);
  expect(week('2021-03-29')).toBe(week('2021-04-04'));
  expect(week('2021-04-05')).toBe(week('2021-04-04') + 1);
});

test('dates and times print and parse', () => {
  expect(isoDate(dayNumber(2021, 3, 31))).toBe('2021-03-31');
  expect(parseIsoDate('2021-03-31')).toBe(dayNumber(2021, 3, 31));
  for (const wrong of ['2021-02-29', '2021-3-31', '20210331', 'today']) expect(parseIsoDate(wrong)).toBeUndefined();
  expect(isoTime(Date.UTC(2021, 2, 31, 13, 30))).toBe('2021-03-31T13:30Z');
  expect(isoTime(Date.UTC(2021, 2, 31, 13, 30, 5))).toBe('2021-03-31T13:30:05Z');
  expect(isoTime(Date.UTC(1969, 11, 31, 23, 59, 59, 7))).toBe('1969-12-31T23:59:59.007Z');
});
