import { expect, test } from 'vitest';
import { adjustInPlace } from '../../../src/runtime/market/adjust.ts';
import { utcCalendar } from '../../../src/runtime/market/calendar.ts';
import { parseIsoDate } from '../../../src/runtime/market/civil-date.ts';
import { makeBars } from '../../helpers/make-bars.ts';

const day = (date: string): number => parseIsoDate(date)!;
const FACTORS = [
  { day: day('2020-08-06'), priceFactor: 0.5, splitFactor: 0.25 },
  { day: day('2020-08-28'), priceFactor: 0.8, splitFactor: 0.25 },
  { day: day('2050-12-31'), priceFactor: 1, splitFactor: 1 },
];

test('a bar takes the first row on or after its date: prices times both factors, volume over the split factor', () => {
  const calendar = utcCalendar('weekdays');
  const dates = ['2020-08-05', '2020-08-06', '2020-08-07', '2020-08-28', '2020-08-31'];
  const bars = makeBars(
    dates.map(date => [date, 400, 480, 320, 440, 100]),
    '1d',
    calendar,
  );
  adjustInPlace(bars, FACTORS);
  expect([...bars.open]).toEqual([50, 50, 80, 80, 400]);
  expect([...bars.high]).toEqual([60, 60, 96, 96, 480]);
  expect([...bars.low]).toEqual([40, 40, 64, 64, 320]);
  expect([...bars.close]).toEqual([55, 55, 88, 88, 440]);
  expect([...bars.volume]).toEqual([400, 400, 400, 400, 100]);
});

test('a bar after the last row is left alone, and a spread is scaled like the prices', () => {
  const bars = makeBars(
    [
      ['2020-08-28', 4, 4, 4, 4, 1],
      ['2020-08-31', 4, 4, 4, 4, 1],
    ],
    '1d',
    utcCalendar('weekdays'),
  );
  const quoted = { ...bars, spread: Float64Array.of(1, 1) };
  adjustInPlace(quoted, FACTORS.slice(0, 2));
  expect([...quoted.close]).toEqual([0.8, 4]);
  expect([...quoted.spread]).toEqual([0.2, 1]);
});
