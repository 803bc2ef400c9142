/** What the step of a fold finds around it: the time of its bar, random numbers of its own, and no series. */
import { expect, test } from 'vitest';
import { indicatorColumns } from '../../../src/runtime/engine/indicator-columns.ts';
import { DEFAULT_RUN_OPTIONS } from '../../../src/runtime/engine/run-options.ts';
import { crossesAbove, crossesBelow, defineStrategy, fold, type Series, sma } from '../../../src/runtime/index.ts';
import { Date as RunDate, Math as RunMath } from '../../../src/runtime/sdk/ambient.ts';
import { aroundTheClock, at, type Row, run } from '../../helpers/engine.ts';
import { errorOf } from '../../helpers/errors.ts';

/** More bars than a block. */
const rows: Row[] = Array.from({ length: 1100 }, (_, i) => at(100 + (i % 7)));
const hourly = aroundTheClock(1, rows);

test('Date is the close of the bar that the step is called for', () => {
  const wrong: number[] = [];
  const strategy = defineStrategy({
    name: 'time',
    indicators: ({ close }) => ({ now: fold([close], () => () => RunDate.now()) }),
    onBar({ bar, ind, time }) {
      if (ind.now.value !== time || RunDate.now() !== time) wrong.push(bar.index);
    },
  });
  run(strategy, hourly);
  expect(wrong).toEqual([]);
});

test('of several feeds, the bar of the first input', () => {
  const wrong: number[] = [];
  const strategy = defineStrategy({
    name: 'time',
    data: { a: 'a', b: 'b' },
    indicators: ({ bars }) => ({ now: fold([bars.b.close, bars.a.close], () => () => RunDate.now()) }),
    onBar({ bar, bars, ind, time }) {
      if (ind.now.value !== bars.b.closeTime || bars.b.isNew !== (time === bars.b.closeTime)) wrong.push(bar.index);
    },
  });
  run(strategy, { a: hourly, b: aroundTheClock(3, rows.slice(0, 300), { symbol: 'B' }) });
  expect(wrong).toEqual([]);
});

test('random numbers are those of the fold, whoever else draws some', () => {
  const seen: number[] = [];
  const noise = () => () => RunMath.random();
  const strategy = defineStrategy({
    name: 'random',
    indicators: ({ close }) => ({ a: fold([close], noise), b: fold([close], noise) }),
    onBar: ({ ind }) => seen.push(ind.a.value, ind.b.value, RunMath.random()),
  });
  run(strategy, hourly);
  const input = { params: {}, feeds: [hourly], options: DEFAULT_RUN_OPTIONS };
  const [a, b] = indicatorColumns(strategy, input, { progress: new Int32Array(1) });
  expect(seen.filter((_, i) => i % 3 < 2)).toEqual(rows.flatMap((_, i) => [a!.values[i]!, b!.values[i]!]));
  expect(new Set(seen).size).toBe(3 * rows.length);
});

test.each<[string, (close: Series, mean: Series) => number]>([
  ['at()', close => close.at(1)],
  ['value', (_, mean) => mean.value],
  ['crossesAbove()', (close, mean) => Number(crossesAbove(close, mean))],
  ['crossesBelow()', (close, mean) => Number(crossesBelow(mean, close))],
  ['crossesBelow() of a number', close => Number(crossesBelow(close, 3))],
])('a series is out of sight: %s', async (_, read) => {
  const strategy = defineStrategy({
    name: 'reads',
    indicators: ({ close }) => {
      const mean = sma(close, 2);
      return { read: fold([close], () => price => (price < 106 ? price : read(close, mean))) };
    },
    onBar() {},
  });
  const error = await errorOf(() => run(strategy, hourly));
  expect(error).toMatchObject({ code: 'GB_STRATEGY_INDICATOR', where: { bar: { index: 6 } } });
  expect(error.message).toContain('step of a fold');
});
