import { expect, test } from 'vitest';
import { type Calendar, utcCalendar } from '../../../src/runtime/market/calendar.ts';
import { isoTime } from '../../../src/runtime/market/civil-date.ts';
import { findGaps } from '../../../src/runtime/market/gaps.ts';
import type { Interval } from '../../../src/runtime/market/interval.ts';
import { barsAt } from '../../helpers/make-bars.ts';
import { newYork } from '../../helpers/new-york.ts';

const always = utcCalendar('24/7');
const stocks: Calendar = { name: 'us-equity', zone: newYork };
const forex: Calendar = { name: 'forex', zone: newYork };

interface Case {
  what: string;
  calendar: Calendar;
  interval: Interval;
  times: string[];
  gaps: [from: string, to: string, missing: number][];
}

const CASES: Case[] = [
  {
    what: 'a missing session; weekend and holiday are none',
    ...{ calendar: stocks, interval: '1d' },
    times: ['2021-01-14T14:30Z', '2021-01-15T14:30Z', '2021-01-19T14:30Z', '2021-01-22T14:30Z'],
    gaps: [['2021-01-20T00:00Z', '2021-01-22T14:30Z', 2]],
  },
  {
    what: 'a missing day of a market that never closes',
    ...{ calendar: always, interval: '1d' },
    times: ['2021-01-01', '2021-01-03'],
    gaps: [['2021-01-02T00:00Z', '2021-01-03T00:00Z', 1]],
  },
  {
    what: 'missing minutes',
    ...{ calendar: always, interval: '1m' },
    times: ['2021-01-01T00:00Z', '2021-01-01T00:01Z', '2021-01-01T00:05Z'],
    gaps: [['2021-01-01T00:02Z', '2021-01-01T00:05Z', 3]],
  },
  {
    what: 'the night between two sessions is no gap, the last hour of a session is one',
    ...{ calendar: stocks, interval: '1h' },
    times: ['2021-01-04T19:00Z', '2021-01-05T14:30Z', '2021-01-05T20:00Z', '2021-01-06T14:30Z'],
    gaps: [
      ['2021-01-04T20:00Z', '2021-01-05T14:30Z', 1],
      ['2021-01-05T15:30Z', '2021-01-05T20:00Z', 4],
    ],
  },
  {
    what: 'a forex weekend is no gap',
    ...{ calendar: forex, interval: '1h' },
    times: ['2021-01-08T21:00Z', '2021-01-10T22:00Z', '2021-01-11T00:00Z'],
    gaps: [['2021-01-10T23:00Z', '2021-01-11T00:00Z', 1]],
  },
  {
    what: 'a missing week',
    ...{ calendar: stocks, interval: '1w' },
    times: ['2021-01-04T14:30Z', '2021-01-19T14:30Z'],
    gaps: [['2021-01-11T14:30Z', '2021-01-19T14:30Z', 1]],
  },
];

test.each(CASES)('$what', ({ calendar, interval, times, gaps }) => {
  const found = findGaps(barsAt(times, interval, calendar), interval, calendar);
  expect(found.map(({ fromMs, toMs, missing }) => [isoTime(fromMs), isoTime(toMs), missing])).toEqual(gaps);
});
