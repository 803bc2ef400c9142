import { describe, expect, test } from 'vitest';
import { DEFAULT_RUN_OPTIONS, type RunOptions } from '../../../src/runtime/engine/run-options.ts';
import { runStrategy } from '../../../src/runtime/engine/run-strategy.ts';
import type { Dataset } from '../../../src/runtime/market/dataset.ts';
import type { Product } from '../../../src/runtime/market/product.ts';
import { buyAndHold } from '../../../src/runtime/metrics/benchmark.ts';
import { summarize } from '../../../src/runtime/metrics/summarize.ts';
import { defineStrategy } from '../../../src/runtime/sdk/define-strategy.ts';
import { DAY, datasetOf, recordOf, SPY, START } from './records.ts';

const BOND = { ...SPY, id: 'stock.IEF.usa' };
const FLAT_1000 = [1000, 1000, 1000, 1000];

function equityOf(feeds: readonly Dataset[], changes: Partial<RunOptions> = {}): number[] {
  const products = [...new Map(feeds.map(({ product }) => [product.id, product])).values()];
  const record = recordOf(FLAT_1000, { products });
  return [...buyAndHold(record, { feeds, options: { ...DEFAULT_RUN_OPTIONS, ...changes } }).equity];
}

describe('by hand, from 1,000', () => {
  test('one product is bought at the open after the first decision', () => {
    // Bars open at the close before: 100 units of 10, then 11, 12, 9.
    expect(equityOf([datasetOf([10, 11, 12, 9])])).toEqual([1000, 1100, 1200, 900]);
  });

  test('the fee fits into the money', () => {
    const [, second] = equityOf([datasetOf([10, 11, 12, 9])], { fee: { kind: 'rate', rate: 0.25 } });
    // 80 units for 800 and a fee of 200.
    expect(second).toBeCloseTo(880, 9);
  });

  test('slippage worsens the price, lots leave cash over', () => {
    const options = { slippage: { kind: 'fixed', perUnit: 2 }, lot: 50 } as const;
    // 83.3 units at 12 are affordable: 50 are bought, and 400 stay in cash.
    expect(equityOf([datasetOf([10, 11, 12, 9])], options)).toEqual([1000, 950, 1000, 850]);
  });

  test('half the spread is paid', () => {
    // Half of 20 on top of 10: 50 units.
    const spread = new Float64Array(4).fill(20);
    expect(equityOf([datasetOf([10, 11, 12, 9], SPY, { spread })])).toEqual([1000, 550, 600, 450]);
  });

  test('two products get half each; the other feed of a product is not bought', () => {
    const coarse = datasetOf([500], SPY, { durationMs: 4 * DAY });
    const feeds = [coarse, datasetOf([10, 11, 12, 9]), datasetOf([20, 20, 30, 40], BOND)];
    expect(equityOf(feeds)).toEqual([1000, 1050, 1350, 1450]);
  });

  test('a product that starts later stays in cash until then', () => {
    const late = datasetOf([5, 10], BOND, { time: Float64Array.of(START + 2 * DAY, START + 3 * DAY) });
    expect(equityOf([datasetOf([10, 10, 10, 10]), late])).toEqual([1000, 1000, 1000, 1500]);
  });

  test('too little money for a lot buys nothing', () => {
    expect(equityOf([datasetOf([10, 11, 12, 9])], { lot: 1000 })).toEqual(FLAT_1000);
  });
});

describe('another dataset', () => {
  const strategy = datasetOf([10, 11, 12, 9]);

  function compared(benchmark: Dataset, equity = FLAT_1000) {
    return summarize(recordOf(equity), { feeds: [strategy], options: DEFAULT_RUN_OPTIONS, benchmark });
  }

  test('is held instead of what the run trades; its name and hash are in the result', () => {
    const { benchmark } = compared({ ...datasetOf([20, 30, 10, 40], BOND), hash: 'ab' });
    expect([...benchmark.equity]).toEqual([1000, 1500, 500, 2000]);
    expect(benchmark.label).toBe('buy and hold stock.IEF.usa@1d');
    expect(benchmark.dataset).toEqual({ name: 'stock.IEF.usa@1d', hash: 'ab' });
  });

  test('pays the costs of the run', () => {
    const input = {
      feeds: [strategy],
      options: { ...DEFAULT_RUN_OPTIONS, fee: { kind: 'rate', rate: 0.25 } as const },
    };
    const { equity } = buyAndHold(recordOf(FLAT_1000), { ...input, benchmark: datasetOf([10, 11, 12, 9], BOND) });
    expect(equity[1]).toBeCloseTo(880, 9);
  });

  test('is bought at the first open from the first decision on, not at one before it', () => {
    // Bars of two days: the first decision is in the middle of one, whose open nobody can buy any more.
    const time = Float64Array.of(START, START + 2 * DAY);
    const slow = datasetOf([50, 80], BOND, { time, open: Float64Array.of(40, 50), durationMs: 2 * DAY });
    expect([...compared(slow).benchmark.equity]).toEqual([1000, 1000, 1000, 1600]);
  });

  test('has its own hours: a sample is its last close before the end of a day of the run', () => {
    const hour = DAY / 24;
    const time = Float64Array.from({ length: 72 }, (_, i) => START + DAY + i * hour - hour / 2);
    const closes = Array.from({ length: 72 }, (_, i) => 100 + i);
    const { equity, metrics } = compared(datasetOf(closes, BOND, { time, durationMs: hour })).benchmark;
    // Bought at 100, the open of bar 1. A day of the run ends half an hour before bars 24 and 48 close.
    expect([...equity]).toEqual([1000, 1230, 1470, 1710]);
    expect(metrics.maxDrawdown?.n).toBe(72);
  });

  test('beta is of its returns', () => {
    const { metrics } = compared(datasetOf([20, 22, 11, 11], BOND), [1000, 1050, 787.5, 787.5]);
    expect(metrics.beta?.value).toBeCloseTo(0.5, 12);
  });

  test('without a bar for most of the run, or in another currency, it comes with a warning', () => {
    const time = Float64Array.from({ length: 4 }, (_, i) => START + (100 + i) * DAY);
    const late = datasetOf([1, 2, 3, 4], { ...BOND, currency: 'EUR' }, { time });
    const { warnings, metrics } = compared(late);
    expect(warnings.filter(({ code }) => code.startsWith('benchmark')).map(({ message }) => message)).toEqual([
      'The benchmark stock.IEF.usa@1d has bars from 2020-04-10 to 2020-04-13 only; outside them it stands still.',
      'The benchmark stock.IEF.usa@1d is in EUR, the account in USD: nothing is converted.',
    ]);
    expect(metrics.beta?.value).toBeNull();
  });

  test('that fits has no warning', () => {
    expect(compared(strategy).warnings.filter(({ code }) => code.startsWith('benchmark'))).toEqual([]);
  });
});

test('its drawdown is measured on every step, also between samples', () => {
  const record = recordOf(FLAT_1000);
  const daily = { times: Float64Array.of(START + DAY, START + 4 * DAY), values: Float64Array.of(1000, 1000) };
  const { metrics, equity } = buyAndHold(
    { ...record, daily },
    { feeds: [datasetOf([10, 20, 5, 20])], options: DEFAULT_RUN_OPTIONS },
  );
  expect([...equity]).toEqual([1000, 2000]);
  expect(metrics.maxDrawdown?.value).toBe(0.75);
  expect(metrics.maxDrawdown?.detail).toMatchObject({ days: 2 });
});

test('products with holes in their data are merged step by step, over many blocks', () => {
  const holed = (every: number): number[] =>
    Array.from({ length: 5000 }, (_, day) => day).filter(day => day % every > 0);
  const feedOf = (days: readonly number[], product: Product): Dataset => {
    const prices = days.map(day => 100 + (day % 17) + day / 100);
    return datasetOf(prices, product, { time: Float64Array.from(days, day => START + DAY * day) });
  };
  const feeds = [feedOf(holed(5), SPY), feedOf(holed(7), BOND)];
  const equity = new Array(5000).fill(1000);
  const record = recordOf(equity, { products: [SPY, BOND] });
  const benchmark = buyAndHold(record, { feeds, options: DEFAULT_RUN_OPTIONS });
  // Of each product, 500 in cash buys at the open of its first bar that closes after the first day.
  const naive = equity.map((_, day) =>
    feeds.reduce((sum, { bars }) => {
      const at = bars.time.findLastIndex(time => time <= START + DAY * day);
      return sum + (at < 0 ? 500 : (500 / bars.open[0]!) * bars.close[at]!);
    }, 0),
  );
  benchmark.equity.forEach((value, day) => {
    expect(value).toBeCloseTo(naive[day]!, 8);
  });
});

test('labels name the product, or how many', () => {
  const label = (feeds: readonly Dataset[]): string => {
    const record = recordOf(FLAT_1000, { products: feeds.map(({ product }) => product) });
    return buyAndHold(record, { feeds, options: DEFAULT_RUN_OPTIONS }).label;
  };
  const [spy, bond] = [datasetOf(FLAT_1000), datasetOf(FLAT_1000, BOND)];
  expect(label([spy])).toBe('buy and hold stock.SPY.usa');
  expect(label([spy, bond])).toBe('buy and hold 2 products in equal parts');
});

test('equals a strategy that buys once, sample by sample', () => {
  const closes = Array.from({ length: 3000 }, (_, index) => 100 + 30 * Math.sin(index / 70) + index / 50);
  const options: RunOptions = {
    ...DEFAULT_RUN_OPTIONS,
    fee: { kind: 'per-share', perShare: 0.01, min: 1 },
    slippage: { kind: 'rate', rate: 0.0005 },
    lot: 1,
  };
  const input = { params: {}, feeds: [datasetOf(closes)], options };
  const strategy = defineStrategy({
    name: 'hold',
    onBar({ order }) {
      order.target(1);
    },
  });
  const hooks = { onChunk: () => {}, progress: new Int32Array(1), shouldStop: () => false };
  const record = runStrategy(strategy, input, hooks);
  const benchmark = buyAndHold(record, input);
  expect(record.fills.length).toBeGreaterThan(0);
  expect(benchmark.equity.length).toBe(3000);
  benchmark.equity.forEach((equity, index) => {
    expect(Math.abs(equity / record.daily.values[index]! - 1)).toBeLessThan(1e-12);
  });
  expect(benchmark.metrics.maxDrawdown?.value).toBeCloseTo(record.drawdown.depth, 12);
});
