import { describe, expect, test } from 'vitest';
import { DEFAULT_RUN_OPTIONS, type RunOptions } from '../../../src/runtime/engine/run-options.ts';
import { runStrategy } from '../../../src/runtime/engine/run-strategy.ts';
import type { Dataset } from '../../../src/runtime/market/dataset.ts';
import type { Product } from '../../../src/runtime/market/product.ts';
import { buyAndHold } from '../../../src/runtime/metrics/benchmark.ts';
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
