import { describe, expect, test } from 'vitest';
import { utcCalendar } from '../../../src/runtime/market/calendar.ts';
import { isoDate, MS_PER_DAY, parseIsoDate } from '../../../src/runtime/market/civil-date.ts';
import { corporateActions } from '../../../src/runtime/market/corporate-actions.ts';
import { holderEvents } from '../../../src/runtime/market/holder-events.ts';
import { makeBars } from '../../helpers/make-bars.ts';

const row = (date: string, priceFactor: number, splitFactor: number) => {
  return { day: parseIsoDate(date)!, priceFactor, splitFactor };
};
const bars = (closes: Readonly<Record<string, number>>, interval: '1d' | '4h' = '1d') =>
  makeBars(
    Object.entries(closes).map(([date, close]) => [date, close, close, close, close, 1]),
    interval,
    utcCalendar('weekdays'),
  );
const WEEK = bars({ '2024-01-02': 40, '2024-01-03': 50, '2024-01-04': 25, '2024-01-05': 30 });

describe('factors tell of splits and dividends', () => {
  test.each([
    ['two for one', [row('2024-01-03', 1, 0.5), row('2050-12-31', 1, 1)], [['2024-01-04', 2, 0]]],
    ['one for twenty', [row('2024-01-03', 1, 20), row('2050-12-31', 1, 1)], [['2024-01-04', 0.05, 0]]],
    ['three for two, rounded', [row('2024-01-03', 1, 0.6666667), row('2050-12-31', 1, 1)], [['2024-01-04', 1.5, 0]]],
    [
      'a distribution of shares',
      [row('2024-01-03', 1, 0.9973), row('2050-12-31', 1, 1)],
      [['2024-01-04', 1 / 0.9973, 0]],
    ],
    // 2 % of 50, the close of the factor's date.
    ['a dividend', [row('2024-01-03', 0.98, 1), row('2050-12-31', 1, 1)], [['2024-01-04', 1, 1]]],
    ['both on one day', [row('2024-01-03', 0.98, 0.5), row('2050-12-31', 1, 1)], [['2024-01-04', 2, 1]]],
    [
      'two after another',
      [row('2024-01-02', 0.49, 0.5), row('2024-01-04', 0.98, 0.5), row('2050-12-31', 1, 0.5)],
      [
        ['2024-01-03', 1, 20],
        ['2024-01-05', 1, 0.5],
      ],
    ],
    ['before the first bar', [row('2024-01-01', 1, 0.5), row('2050-12-31', 1, 1)], []],
    ['after the last bar', [row('2024-01-05', 1, 0.5), row('2050-12-31', 1, 1)], []],
    ['rows that repeat', [row('2024-01-02', 1, 1), row('2024-01-03', 1, 1), row('2050-12-31', 1, 1)], []],
    ['none', [], []],
  ] as const)('%s', (_, factors, expected) => {
    const actions = corporateActions(WEEK, factors);
    const brief = actions.map(({ time, ratio, dividend }) => [isoDate(Math.floor(time / MS_PER_DAY)), ratio, dividend]);
    expect(brief).toEqual(
      expected.map(([date, ratio, cash]) => [date, expect.closeTo(ratio, 9), expect.closeTo(cash, 9)]),
    );
  });

  test('on intraday bars with the first bar of the day, for the last close of the day before', () => {
    const hours = bars({ '2024-01-03T08:00Z': 40, '2024-01-03T12:00Z': 50, '2024-01-04T08:00Z': 49 }, '4h');
    const actions = corporateActions(hours, [row('2024-01-03', 0.98, 1), row('2050-12-31', 1, 1)]);
    expect(actions).toEqual([{ time: Date.parse('2024-01-04T08:00Z'), ratio: 1, dividend: expect.closeTo(1, 9) }]);
  });
});

test('what happened inside a stored week is booked before it, for the close of the week before', () => {
  const rows: [string, number, number, number, number, number][] = ['2024-01-01', '2024-01-08', '2024-01-15'].map(
    (date, i) => [date, 40 + i, 40 + i, 40 + i, 40 + i, 1],
  );
  const weeks = makeBars(rows, '1w', utcCalendar('24/7'));
  const actionsAfter = (date: string) => corporateActions(weeks, [row(date, 0.98, 0.5), row('2050-12-31', 1, 1)]);
  const action = { ratio: 2, dividend: expect.closeTo(0.8, 9) };
  expect(actionsAfter('2024-01-09')).toEqual([{ time: Date.parse('2024-01-10T00:00Z'), ...action }]);
  expect(actionsAfter('2024-01-07')).toEqual([{ time: Date.parse('2024-01-08T00:00Z'), ...action }]);
  expect(actionsAfter('2024-01-03')).toEqual([]);
  expect(actionsAfter('2024-01-17')).toHaveLength(1);
  expect(actionsAfter('2024-01-22')).toEqual([]);
});

describe('events find their bars', () => {
  const at = (text: string): number => Date.parse(text);
  const dataset = { name: 'x', hash: '', product: {} as never, bars: WEEK };

  test('the first that closes after them; what comes before the data or after it is left out', () => {
    const funding = ['2024-01-01T23:00Z', '2024-01-02T00:00Z', '2024-01-03T12:00Z', '2024-01-06T00:00Z'];
    const events = holderEvents({ ...dataset, funding: funding.map(time => ({ time: at(time), rate: 0.1 })) });
    expect(events.map(({ bar, isBeforeFills }) => [bar, isBeforeFills])).toEqual([
      [0, true],
      [1, false],
    ]);
  });

  test('at one bar: what comes before its fills first, then by time', () => {
    const actions = [{ time: at('2024-01-03T10:00Z'), ratio: 2, dividend: 0 }];
    const funding = ['2024-01-03T00:00Z', '2024-01-03T08:00Z'].map(time => ({ time: at(time), rate: 0.1 }));
    const events = holderEvents({ ...dataset, actions, funding });
    expect(events.map(({ bar, ratio, rate, isBeforeFills }) => [bar, ratio, rate, isBeforeFills])).toEqual([
      [1, 1, 0.1, true],
      [1, 2, 0, true],
      [1, 1, 0.1, false],
    ]);
  });
});
