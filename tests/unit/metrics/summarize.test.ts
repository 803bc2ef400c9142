import { describe, expect, test } from 'vitest';
import type { RunRecord } from '../../../src/runtime/engine/record.ts';
import { DEFAULT_RUN_OPTIONS } from '../../../src/runtime/engine/run-options.ts';
import { METRIC_NAMES } from '../../../src/runtime/metrics/metric-names.ts';
import { summarize } from '../../../src/runtime/metrics/summarize.ts';
import { datasetOf, fillRows, recordOf, rejectedOrders } from './records.ts';

const OPTIONS = DEFAULT_RUN_OPTIONS;
const EQUITY = [100_000, 100_500, 100_200, 101_000];

function summaryOf(changes: Partial<RunRecord> = {}, equity: readonly number[] = EQUITY) {
  const feed = datasetOf(Array.from({ length: 10 }, (_, index) => 100 + index));
  return summarize(recordOf(equity, changes), { feeds: [feed], options: OPTIONS });
}

describe('metrics of trading', () => {
  // Won 600 after fees and 300, lost 500, and one trade of exactly 0.
  const fills = fillRows([
    { quantity: 100, price: 10, fee: 5, slippage: 1 },
    { quantity: -100, price: 16.1, fee: 5, slippage: 2 },
    { quantity: 100, price: 10 },
    { quantity: -100, price: 13 },
    { quantity: 100, price: 10 },
    { quantity: -100, price: 5 },
    { quantity: 100, price: 10 },
    { quantity: -100, price: 10 },
  ]);
  const { metrics, fees, slippage } = summaryOf({ fills: [fills], stepsInMarket: 3 });

  test.each([
    ['trades', 4, 4],
    ['winRate', 0.5, 4],
    ['profitFactor', 1.8, 4],
    ['expectancy', 100, 4],
    // Deviations from 100 of 500, 200, -600 and -100: the root of 220,000.
    ['sqn', (100 / Math.sqrt(220_000)) * 2, 4],
    ['exposure', 0.75, 4],
    // 8,410 bought and sold in three days, over a mean equity of 100,425.
    ['turnover', 8410 / 100_425 / (3 / 365.25), 8],
  ] as const)('%s', (name, value, n) => {
    expect(metrics[name]?.value).toBeCloseTo(value, 10);
    expect(metrics[name]?.n).toBe(n);
  });

  test('fees and slippage are summed over fills', () => {
    expect([fees, slippage]).toEqual([10, 3]);
  });
});

describe('undefined is null', () => {
  const values = (fills: Float64Array): (number | null | undefined)[] => {
    const { metrics } = summaryOf({ fills: [fills] });
    const { trades, winRate, profitFactor, expectancy, sqn, mae } = metrics;
    return [trades, winRate, profitFactor, expectancy, sqn, mae].map(m => m?.value);
  };

  test('without a trade there is no rate, factor or expectancy', () => {
    expect(values(new Float64Array(0))).toEqual([0, null, null, null, null, null]);
  });

  test('without a losing trade there is no profit factor', () => {
    const fills = fillRows([
      { quantity: 1, price: 101 },
      { quantity: -1, price: 103 },
    ]);
    expect(values(fills)).toEqual([1, 1, null, 2, null, 0]);
  });

  test('an open trade is not counted yet', () => {
    expect(values(fillRows([{ quantity: 1, price: 10 }]))).toEqual([0, null, null, null, null, null]);
  });

  test('a run that never started has no metric but its count of trades', () => {
    const never = { steps: 4, firstStep: 4, daily: { times: new Float64Array(0), values: new Float64Array(0) } };
    const { metrics, benchmark } = summaryOf(never);
    for (const name of METRIC_NAMES) expect(metrics[name]?.value).toBe(name === 'trades' ? 0 : null);
    expect(benchmark.equity).toHaveLength(0);
    expect(Object.values(benchmark.metrics).map(({ value }) => value)).toEqual(new Array(7).fill(null));
  });
});

test('metrics are in the order of their names, each with a definition of one sentence', () => {
  const { metrics } = summaryOf();
  expect(Object.keys(metrics)).toEqual([...METRIC_NAMES]);
  for (const { definition } of Object.values(metrics)) expect(definition).toMatch(/^[A-Z][^.]*(\d\.\d+[^.]*)*\.$/);
});

test('rejected orders are counted by reason, and flat products are no positions', () => {
  const orders = rejectedOrders(['buying-power', 'below-lot', 'buying-power']);
  const held = { quantity: 3, averagePrice: 99, lastPrice: 103 };
  const summary = summaryOf({ orders, positions: [held] });
  expect(summary.rejections).toEqual({ 'buying-power': 2, 'below-lot': 1 });
  expect(summary.orders).toBe(3);
  expect(summary.positions).toEqual([{ product: 'stock.SPY.usa', ...held }]);
  expect(summaryOf().positions).toEqual([]);
});
