import { expect, test } from 'vitest';
import { timesOf, valuesOf } from '../../../../src/report-page/columns.ts';
import { priceData } from '../../../../src/runtime/report/html/price-data.ts';
import { daily, flat } from '../../../helpers/engine.ts';

const dataset = daily([
  [10, 12, 9, 11],
  [11, 13, 10, 12],
  [12, 14, 11, 13],
]);

test('few bars are all there, at their closes', () => {
  const [price] = priceData([{ feed: 'main', dataset, indicators: [] }]);
  expect(valuesOf(price!.close)).toEqual([11, 12, 13]);
  expect(valuesOf(price!.candles!.high)).toEqual([12, 13, 14]);
  expect(timesOf(price!.times)[0]).toBe(dataset.bars.time[0]! / 1000 + 6.5 * 3600);
  expect(price).toMatchObject({ product: 'stock.A.usa', barsPerBucket: 1, barSeconds: 6.5 * 3600 });
});

test('an indicator near the price is drawn over it; others share the pane of their group', () => {
  const indicators = [
    { name: 'mean', values: Float64Array.of(Number.NaN, 11.5, 12.5) },
    { name: 'macd.macd', values: Float64Array.of(Number.NaN, 0.1, 0.2) },
    { name: 'macd.signal', values: Float64Array.of(Number.NaN, Number.NaN, 0.1) },
    { name: 'rsi', values: Float64Array.of(50, 60, 70) },
  ];
  const [price] = priceData([{ feed: 'main', dataset, indicators }]);
  expect(price!.indicators.map(({ pane }) => pane)).toEqual(['price', 'macd', 'macd', 'rsi']);
  expect(valuesOf(price!.indicators[0]!.values)).toEqual([null, 11.5, 12.5]);
});

test('too many bars are thinned, and it says how many stand for one', () => {
  const many = daily(flat(70_000));
  const [price] = priceData([{ feed: 'main', dataset: many, indicators: [] }]);
  expect(price!.candles).toBeUndefined();
  expect(price!.close.steps.length).toBeLessThanOrEqual(4000);
  expect(price!.barsPerBucket).toBe(35);
});
