import { describe, expect, test } from 'vitest';
import { type Calendar, utcCalendar } from '../../../src/runtime/market/calendar.ts';
import { isoTime } from '../../../src/runtime/market/civil-date.ts';
import type { Interval } from '../../../src/runtime/market/interval.ts';
import { resample } from '../../../src/runtime/market/resample.ts';
import { type BarRow, barsAt, makeBars } from '../../helpers/make-bars.ts';
import { newYork } from '../../helpers/new-york.ts';

const always = utcCalendar('24/7');
const stocks: Calendar = { name: 'us-equity', zone: newYork };
const forex: Calendar = { name: 'forex', zone: newYork };

test('open of the first, highest high, lowest low, close of the last, sum of the volumes', () => {
  const rows: BarRow[] = [
    ['2021-01-04T00:00Z', 10, 12, 9, 11, 1],
    ['2021-01-04T00:15Z', 11, 15, 10, 14, 2],
    ['2021-01-04T00:30Z', 14, 14, 7, 8, 4],
    ['2021-01-04T00:45Z', 8, 9, 8, 9, 8],
  ];
  const fine = makeBars(rows, '15m', always);
  const coarse = resample({ ...fine, spread: Float64Array.of(1, 2, 3, 4) }, '1h', always);
  expect(coarse).toEqual({
    length: 1,
    durationMs: 3_600_000,
    time: Float64Array.of(Date.UTC(2021, 0, 4)),
    closeTime: Float64Array.of(Date.UTC(2021, 0, 4, 1)),
    open: Float64Array.of(10),
    high: Float64Array.of(15),
    low: Float64Array.of(7),
    close: Float64Array.of(9),
    volume: Float64Array.of(15),
    spread: Float64Array.of(4),
    session: fine.session.slice(0, 1),
  });
});

interface Case {
  what: string;
  calendar: Calendar;
  from: Interval;
  to: Interval;
  times: string[];
  /** Open and close of each coarse bar. */
  bars: [string, string][];
}

const CASES: Case[] = [
  {
    what: 'hours are aligned to UTC; a missing first minute does not move the open',
    ...{ calendar: always, from: '1m', to: '1h' },
    times: ['2021-01-04T00:03Z', '2021-01-04T00:59Z', '2021-01-04T01:59Z'],
    bars: [
      ['2021-01-04T00:00Z', '2021-01-04T01:00Z'],
      ['2021-01-04T01:00Z', '2021-01-04T02:00Z'],
    ],
  },
  {
    what: 'an hour that the data does not finish is left out',
    ...{ calendar: always, from: '15m', to: '1h' },
    times: ['2021-01-04T00:00Z', '2021-01-04T01:00Z', '2021-01-04T01:30Z'],
    bars: [['2021-01-04T00:00Z', '2021-01-04T01:00Z']],
  },
  {
    what: 'the first hour of a stock session starts with it',
    ...{ calendar: stocks, from: '15m', to: '1h' },
    times: ['2021-01-04T14:30Z', '2021-01-04T14:45Z', '2021-01-04T15:45Z'],
    bars: [
      ['2021-01-04T14:30Z', '2021-01-04T15:00Z'],
      ['2021-01-04T15:00Z', '2021-01-04T16:00Z'],
    ],
  },
  {
    what: 'bars before the opening bell keep their own hour',
    ...{ calendar: stocks, from: '15m', to: '1h' },
    times: ['2021-01-04T13:15Z', '2021-01-04T13:45Z', '2021-01-04T14:15Z', '2021-01-04T14:45Z'],
    bars: [
      ['2021-01-04T13:00Z', '2021-01-04T14:00Z'],
      ['2021-01-04T14:15Z', '2021-01-04T15:00Z'],
    ],
  },
  {
    what: 'a day of stocks is a session, from bell to bell',
    ...{ calendar: stocks, from: '1h', to: '1d' },
    times: ['2021-07-01T14:00Z', '2021-07-01T19:00Z', '2021-07-02T13:30Z', '2021-07-02T19:00Z'],
    bars: [
      ['2021-07-01T13:30Z', '2021-07-01T20:00Z'],
      ['2021-07-02T13:30Z', '2021-07-02T20:00Z'],
    ],
  },
  {
    what: 'a half day closes at 13:00',
    ...{ calendar: stocks, from: '1h', to: '1d' },
    times: ['2024-11-29T14:30Z', '2024-11-29T17:00Z'],
    bars: [['2024-11-29T14:30Z', '2024-11-29T18:00Z']],
  },
  {
    what: 'bars after hours belong to the session and make it close later',
    ...{ calendar: stocks, from: '1h', to: '1d' },
    times: ['2021-07-01T13:30Z', '2021-07-01T22:00Z'],
    bars: [['2021-07-01T13:30Z', '2021-07-01T23:00Z']],
  },
  {
    what: 'a four-hour bar never crosses a forex session',
    ...{ calendar: forex, from: '1h', to: '4h' },
    times: ['2021-01-04T20:00Z', '2021-01-04T21:00Z', '2021-01-04T22:00Z', '2021-01-04T23:00Z'],
    bars: [
      ['2021-01-04T20:00Z', '2021-01-04T22:00Z'],
      ['2021-01-04T22:00Z', '2021-01-05T00:00Z'],
    ],
  },
  {
    what: 'a forex day starts at 17:00 New York',
    ...{ calendar: forex, from: '1h', to: '1d' },
    times: ['2021-01-03T22:00Z', '2021-01-04T21:00Z', '2021-01-04T22:00Z', '2021-01-05T21:00Z'],
    bars: [
      ['2021-01-03T22:00Z', '2021-01-04T22:00Z'],
      ['2021-01-04T22:00Z', '2021-01-05T22:00Z'],
    ],
  },
  {
    what: 'a week of stocks runs from its first to its last session: Friday is a holiday, the bar of Monday missing',
    ...{ calendar: stocks, from: '1d', to: '1w' },
    times: ['2021-03-30T13:30Z', '2021-04-01T13:30Z', '2021-04-05T13:30Z', '2021-04-08T13:30Z'],
    bars: [['2021-03-29T13:30Z', '2021-04-01T20:00Z']],
  },
  {
    what: 'a crypto week runs from Monday to Sunday',
    ...{ calendar: always, from: '1d', to: '1w' },
    times: ['2021-01-04T00:00Z', '2021-01-10T00:00Z', '2021-01-11T00:00Z'],
    bars: [['2021-01-04T00:00Z', '2021-01-11T00:00Z']],
  },
];

describe('coarse bars open and close as scheduled', () => {
  test.each(CASES)('$what', ({ calendar, from, to, times, bars }) => {
    const coarse = resample(barsAt(times, from, calendar), to, calendar);
    const shown = Array.from(coarse.time, (time, i) => [isoTime(time), isoTime(coarse.closeTime?.[i] ?? NaN)]);
    expect(shown).toEqual(bars);
    expect(coarse.session).toHaveLength(bars.length);
  });
});

test('a daily bar made from hours lasts as long as an imported one', () => {
  expect(resample(barsAt(['2021-07-01T13:30Z', '2021-07-01T19:00Z'], '1h', stocks), '1d', stocks).durationMs).toBe(
    23_400_000,
  );
});
