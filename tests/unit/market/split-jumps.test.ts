import { describe, expect, test } from 'vitest';
import { utcCalendar } from '../../../src/runtime/market/calendar.ts';
import { findOutlierBars } from '../../../src/runtime/market/outlier-bars.ts';
import { findSplitJumps } from '../../../src/runtime/market/split-jumps.ts';
import { type BarRow, makeBars } from '../../helpers/make-bars.ts';

const MARKET = utcCalendar('24/7');
const DAY_MS = 86_400_000;

interface Jump {
  /** New price for an old one of 100. */
  readonly to: number;
  /** Volume after, for 1000 before. */
  readonly volume?: number;
  /** Range of the first session after, as a share of its price. */
  readonly range?: number;
  /** Price of the sessions after the first. */
  readonly later?: number;
  readonly pauseDays?: number;
  readonly sessionBars?: number;
}

/** Thirty calm sessions at 100, then thirty at the new price. */
function jumpsOf({ to, volume = (1000 * 100) / to, range = 0.01, later = to, pauseDays = 0, sessionBars = 1 }: Jump) {
  const rows = Array.from({ length: 60 * sessionBars }, (_, i): BarRow => {
    const session = Math.floor(i / sessionBars);
    const isAfter = session >= 30;
    const price = isAfter ? (session === 30 ? to : later) : 100;
    const day = session + (isAfter ? pauseDays : 0);
    const time = Date.UTC(2021, 0, 4) + day * DAY_MS + ((i % sessionBars) * DAY_MS) / sessionBars;
    const half = price * (session === 30 ? range / 2 : 0.005);
    return [new Date(time).toISOString(), price, price + half, price - half, price, isAfter ? volume : 1000];
  });
  const bars = makeBars(rows, sessionBars === 1 ? '1d' : '4h', MARKET);
  return findSplitJumps(bars).map(({ bar, ratio, isVolumeKnown }) => [bar / sessionBars, ratio, isVolumeKnown]);
}

describe('looks like a split', () => {
  test.each([
    [50, '2:1'],
    [51.5, '2:1'],
    [48, '2:1'],
    [33.5, '3:1'],
    [14.2, '7:1'],
    [5.2, '20:1'],
    [66.7, '3:2'],
    [80, '5:4'],
    [201, '1:2'],
    [1010, '1:10'],
    [1740, '1:20'],
    [150, '2:3'],
  ])('100 becomes %d: %s', (to, ratio) => {
    expect(jumpsOf({ to })).toEqual([[30, ratio, true]]);
  });

  test('without volume there is one sign less', () => {
    expect(jumpsOf({ to: 50, volume: 0 })).toEqual([[30, '2:1', false]]);
  });

  test('between the sessions of bars within a day', () => {
    expect(jumpsOf({ to: 25, sessionBars: 6 })).toEqual([[30, '4:1', true]]);
  });
});

describe('does not', () => {
  test.each<[string, Jump]>([
    ['a fall to a price that no usual ratio gives', { to: 57 }],
    ['a quiet day', { to: 100.4 }],
    ['a rise of a tenth', { to: 110 }],
    ['a fall on news: the traded value is many times the usual', { to: 50, volume: 12_000 }],
    ['a fall into a wild session', { to: 50, range: 0.5 }],
    ['a print that the next session takes back', { to: 50, later: 100 }],
    ['another price after months without data', { to: 50, pauseDays: 90 }],
    ['a value traded that dries up', { to: 50, volume: 100 }],
  ])('%s', (_, jump) => {
    expect(jumpsOf(jump)).toEqual([]);
  });

  test('data of one bar', () => {
    expect(findSplitJumps(makeBars([['2021-01-04', 1, 1, 1, 1, 1]], '1d', MARKET))).toEqual([]);
  });
});

test('an outlier is a bar from which the price comes back', () => {
  const row = (day: number, high: number, low: number, close = 100): BarRow => [
    `2021-01-0${day}`,
    100,
    high,
    low,
    close,
    1,
  ];
  const bars = (...rows: BarRow[]) => makeBars(rows, '1d', MARKET);
  const days = (...rows: BarRow[]) => findOutlierBars(bars(...rows)).map(time => new Date(time).getUTCDate());
  expect(days(row(1, 101, 99), row(2, 160, 99), row(3, 101, 60), row(4, 140, 70), row(5, 101, 99))).toEqual([2, 3]);
  expect(days(row(1, 101, 99), row(2, 101, 50, 50), ['2021-01-03', 50, 51, 49, 50, 1], row(4, 101, 99))).toEqual([]);
});
