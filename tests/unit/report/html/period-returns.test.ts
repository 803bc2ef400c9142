import { expect, test } from 'vitest';
import { periodReturns } from '../../../../src/runtime/report/html/period-returns.ts';

const close = (date: string): number => Date.parse(`${date}T21:00Z`);

test('a month is the change from the last sample of the month before, a year from that of the year before', () => {
  const samples: readonly (readonly [string, number])[] = [
    ['2019-11-15', 100],
    ['2019-11-29', 110],
    ['2019-12-31', 121],
    ['2020-01-31', 60.5],
    ['2020-03-02', 60.5],
    ['2020-03-31', 72.6],
  ];
  const years = periodReturns(
    Float64Array.from(samples, ([date]) => close(date)),
    Float64Array.from(samples, ([, equity]) => equity),
  );
  const shown = years.map(({ year, months, total }) => ({
    year,
    months: months.map(value => value && Number(value.toFixed(6))),
    total: Number(total.toFixed(6)),
  }));
  const none = (count: number): null[] => Array(count).fill(null);
  expect(shown).toEqual([
    { year: 2019, months: [...none(10), 0.1, 0.1], total: 0.21 },
    { year: 2020, months: [-0.5, null, 0.2, ...none(9)], total: -0.4 },
  ]);
});

test('a close at midnight belongs to the day before', () => {
  const times = Float64Array.from([Date.UTC(2020, 0, 31), Date.UTC(2020, 1, 1)]);
  const [year] = periodReturns(times, Float64Array.of(100, 150));
  expect(year?.months.slice(0, 2)).toEqual([0.5, null]);
});

test('nothing can be said of what begins with no money; nothing of nothing', () => {
  const times = Float64Array.from([close('2020-01-31'), close('2020-02-28')]);
  expect(periodReturns(times, Float64Array.of(0, 100))[0]?.months.slice(0, 2)).toEqual([0, 0]);
  expect(periodReturns(new Float64Array(), new Float64Array())).toEqual([]);
});
