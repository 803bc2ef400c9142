import { describe, expect, test } from 'vitest';
import {
  type Calendar,
  dailyStampMs,
  isSessionDay,
  periodsPerYear,
  sessionDays,
  sessionHours,
  utcCalendar,
  weekOfSession,
  zoneNameOf,
} from '../../../src/runtime/market/calendar.ts';
import { isoDate, isoTime, parseIsoDate } from '../../../src/runtime/market/civil-date.ts';
import { isUsHalfDay } from '../../../src/runtime/market/us-holidays.ts';
import { newYork } from '../../helpers/new-york.ts';

const day = (date: string): number => parseIsoDate(date)!;
const stocks: Calendar = { name: 'us-equity', zone: newYork };
const forex: Calendar = { name: 'forex', zone: newYork };
const hours = (calendar: Calendar, date: string): string[] => {
  const { openMs, closeMs } = sessionHours(calendar, day(date));
  return [isoTime(openMs), isoTime(closeMs)];
};

describe('New York Stock Exchange', () => {
  test('the holidays of 2022 to 2026', () => {
    const weekdays = sessionDays('weekdays', day('2022-01-01'), day('2026-12-31'));
    const closed = weekdays.filter(dayIndex => !isSessionDay('us-equity', dayIndex)).map(isoDate);
    expect(closed).toEqual([
      ...[
        '2022-01-17',
        '2022-02-21',
        '2022-04-15',
        '2022-05-30',
        '2022-06-20',
        '2022-07-04',
        '2022-09-05',
        '2022-11-24',
        '2022-12-26',
      ],
      ...[
        '2023-01-02',
        '2023-01-16',
        '2023-02-20',
        '2023-04-07',
        '2023-05-29',
        '2023-06-19',
        '2023-07-04',
        '2023-09-04',
        '2023-11-23',
        '2023-12-25',
      ],
      ...[
        '2024-01-01',
        '2024-01-15',
        '2024-02-19',
        '2024-03-29',
        '2024-05-27',
        '2024-06-19',
        '2024-07-04',
        '2024-09-02',
        '2024-11-28',
        '2024-12-25',
      ],
      ...[
        '2025-01-01',
        '2025-01-09',
        '2025-01-20',
        '2025-02-17',
        '2025-04-18',
        '2025-05-26',
        '2025-06-19',
        '2025-07-04',
        '2025-09-01',
        '2025-11-27',
        '2025-12-25',
      ],
      ...[
        '2026-01-01',
        '2026-01-19',
        '2026-02-16',
        '2026-04-03',
        '2026-05-25',
        '2026-06-19',
        '2026-07-03',
        '2026-09-07',
        '2026-11-26',
        '2026-12-25',
      ],
    ]);
  });

  test('the half days of some years', () => {
    const halfDays = (year: number): string[] =>
      sessionDays('us-equity', day(`${year}-01-01`), day(`${year}-12-31`))
        .filter(isUsHalfDay)
        .map(isoDate);
    expect(halfDays(2002)).toEqual(['2002-07-05', '2002-11-29', '2002-12-24']);
    expect(halfDays(2003)).toEqual(['2003-07-03', '2003-11-28', '2003-12-24', '2003-12-26']);
    expect(halfDays(2013)).toEqual(['2013-07-03', '2013-11-29', '2013-12-24']);
    expect(halfDays(2024)).toEqual(['2024-07-03', '2024-11-29', '2024-12-24']);
    expect(halfDays(2026)).toEqual(['2026-11-27', '2026-12-24']);
  });

  test('hours follow New York through its clock changes', () => {
    expect(hours(stocks, '2021-03-12')).toEqual(['2021-03-12T14:30Z', '2021-03-12T21:00Z']);
    expect(hours(stocks, '2021-03-15')).toEqual(['2021-03-15T13:30Z', '2021-03-15T20:00Z']);
    expect(hours(stocks, '2024-11-29')).toEqual(['2024-11-29T14:30Z', '2024-11-29T18:00Z']);
  });
});

test('a forex session runs from 17:00 to 17:00 New York and is named by the day it ends on', () => {
  expect(hours(forex, '2021-03-15')).toEqual(['2021-03-14T21:00Z', '2021-03-15T21:00Z']);
  expect(hours(forex, '2021-01-04')).toEqual(['2021-01-03T22:00Z', '2021-01-04T22:00Z']);
  expect([isSessionDay('forex', day('2021-01-03')), isSessionDay('forex', day('2021-01-04'))]).toEqual([false, true]);
  expect(weekOfSession('forex', day('2021-01-03'))).toBe(weekOfSession('forex', day('2021-01-04')));
});

test('24/7 and weekdays keep UTC days', () => {
  expect(hours(utcCalendar('24/7'), '2021-01-03')).toEqual(['2021-01-03T00:00Z', '2021-01-04T00:00Z']);
  expect(sessionDays('24/7', day('2021-01-01'), day('2021-01-07'))).toHaveLength(7);
  expect(sessionDays('weekdays', day('2021-01-01'), day('2021-01-07')).map(isoDate)).toEqual([
    ...['2021-01-01', '2021-01-04', '2021-01-05', '2021-01-06', '2021-01-07'],
  ]);
});

test('daily bars of stocks are stamped with the open, others with midnight', () => {
  expect(isoTime(dailyStampMs(stocks, day('2021-07-01')))).toBe('2021-07-01T13:30Z');
  expect(isoTime(dailyStampMs(forex, day('2021-07-01')))).toBe('2021-07-01T00:00Z');
});

test('periods per year and zones', () => {
  expect((['24/7', 'weekdays', 'us-equity', 'forex'] as const).map(periodsPerYear)).toEqual([365, 252, 252, 252]);
  expect((['24/7', 'weekdays', 'us-equity'] as const).map(zoneNameOf)).toEqual([
    undefined,
    undefined,
    'America/New_York',
  ]);
});
