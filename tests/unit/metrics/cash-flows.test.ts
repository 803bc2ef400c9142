import { describe, expect, test } from 'vitest';
import { CASH, CASH_KINDS, CASH_WIDTH, type CashKind } from '../../../src/runtime/engine/cash-log.ts';
import { DEFAULT_RUN_OPTIONS } from '../../../src/runtime/engine/run-options.ts';
import type { Dataset } from '../../../src/runtime/market/dataset.ts';
import { buyAndHold } from '../../../src/runtime/metrics/benchmark.ts';
import { cashFlowsOf, splitsOf } from '../../../src/runtime/metrics/cash-flows.ts';
import { summarize } from '../../../src/runtime/metrics/summarize.ts';
import { tradesOf } from '../../../src/runtime/metrics/trades-of.ts';
import { DAY, datasetOf, fillRows, recordOf, SPY, START } from './records.ts';

/** A row at a step: an amount, or the ratio of a split. */
function row(step: number, kind: CashKind, value: number): Float64Array {
  const values = new Float64Array(CASH_WIDTH);
  values[CASH.step] = step;
  values[CASH.time] = START + step * DAY;
  values[CASH.kind] = CASH_KINDS.indexOf(kind);
  values[kind === 'split' ? CASH.ratio : CASH.amount] = value;
  return values;
}

test('sums by kind; splits are told apart', () => {
  const rows = [row(1, 'dividend', 3), row(2, 'split', 2), row(3, 'dividend', -1), row(4, 'borrow', -5)];
  expect(cashFlowsOf(rows)).toEqual({ dividend: 2, borrow: -5 });
  expect(splitsOf(rows)).toEqual([{ step: 2, time: START + 2 * DAY, product: 0, ratio: 2 }]);
});

test('a result says them where there are some', () => {
  const feeds = [datasetOf([1, 1, 1])];
  const of = (cash: readonly Float64Array[], marginCalls: readonly number[] = []) =>
    summarize(recordOf([100, 100, 100], { cash, marginCalls }), { feeds, options: DEFAULT_RUN_OPTIONS });
  expect(of([row(1, 'interest', 2)], [START, START + DAY])).toMatchObject({
    cashFlows: { interest: 2 },
    marginCalls: 2,
  });
  expect(of([])).not.toHaveProperty('cashFlows');
  expect(of([])).not.toHaveProperty('marginCalls');
});

describe('trades across a split', () => {
  // 100 falls to 90 and splits in two on day 3, at 45; then it rises to 60.
  const bars = datasetOf([100, 100, 90, 45, 60, 60], SPY, {
    open: Float64Array.of(100, 100, 100, 45, 45, 60),
    low: Float64Array.of(100, 100, 90, 45, 45, 60),
    high: Float64Array.of(100, 100, 100, 45, 60, 60),
  }).bars;
  const trades = (fills: Parameters<typeof fillRows>[0], lastPrice = 60) => {
    const record = recordOf([0, 0, 0, 0, 0, 0], {
      fills: [fillRows(fills)],
      cash: [row(3, 'split', 2)],
      positions: [{ quantity: 0, averagePrice: Number.NaN, lastPrice }],
    });
    return tradesOf(record, [bars]);
  };

  test('are in the units of their exit', () => {
    const [trade] = trades([
      { quantity: 10, price: 100, fee: 2, step: 1 },
      { quantity: -20, price: 60, step: 5 },
    ]);
    expect(trade).toMatchObject({ quantity: 20, entryPrice: 50, exitPrice: 60, fees: 2, pnl: 198, bars: 4 });
    expect(trade?.mae).toBeCloseTo(0.1, 12);
    expect(trade?.mfe).toBeCloseTo(0.2, 12);
  });

  test('what was closed before is in the old units, what is open at the end in the new ones', () => {
    const all = trades([
      { quantity: 10, price: 100, step: 1 },
      { quantity: -4, price: 90, step: 2 },
    ]);
    expect(all).toMatchObject([
      { quantity: 4, entryPrice: 100, pnl: -40, open: false },
      { quantity: 12, entryPrice: 50, exitPrice: 60, pnl: 120, open: true },
    ]);
  });

  test('what is bought at the open of that day is in new units already', () => {
    const [trade] = trades([
      { quantity: 10, price: 45, step: 3 },
      { quantity: -10, price: 60, step: 5 },
    ]);
    expect(trade).toMatchObject({ quantity: 10, entryPrice: 45, pnl: 150 });
  });
});

describe('buying and holding raw bars', () => {
  const equityOf = (dataset: Dataset, startEquity = 1000): number[] => {
    const record = recordOf(dataset.bars.close.map(() => startEquity) as unknown as number[]);
    return [...buyAndHold(record, { feeds: [dataset], options: DEFAULT_RUN_OPTIONS }).equity];
  };
  const open = (bar: number): number => START + bar * DAY;
  const opens = { open: Float64Array.of(10, 10, 5, 5, 4) };

  test('goes through splits and takes dividends, with the first bar after them', () => {
    const actions = [
      { time: open(1), ratio: 3, dividend: 9 },
      { time: open(2), ratio: 2, dividend: 0 },
      { time: open(4), ratio: 1, dividend: 1 },
    ];
    // 100 units at the open of bar 1, which its events do not concern; 200 from bar 2 on; 200 in cash at bar 4.
    expect(equityOf({ ...datasetOf([10, 10, 5, 5, 4], SPY, opens), actions })).toEqual([1000, 1000, 1000, 1000, 1000]);
  });

  test('pays funding, also within the bar of its purchase', () => {
    const funding = [open(1), open(1) + 1, open(3)].map(time => ({ time, rate: 0.01 }));
    const flat = datasetOf([10, 10, 10, 10], SPY);
    expect(equityOf({ ...flat, funding }).map(Math.round)).toEqual([1000, 990, 990, 980]);
  });
});
