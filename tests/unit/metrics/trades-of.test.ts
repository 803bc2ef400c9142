import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FILL_WIDTH } from '../../../src/runtime/engine/fill-log.ts';
import type { Product } from '../../../src/runtime/market/product.ts';
import type { Trade } from '../../../src/runtime/metrics/trades.ts';
import { tradesOf } from '../../../src/runtime/metrics/trades-of.ts';
import { DAY, type FillSketch, fillRows, flatBars, SPY, START } from './records.ts';

const FUTURE: Product = { ...SPY, id: 'future.ES.usa', multiplier: 50 };
const AT_ZERO = { quantity: 0, averagePrice: Number.NaN, lastPrice: 100 };

function trades(fills: readonly FillSketch[], lastPrice = 100, products: readonly Product[] = [SPY]): Trade[] {
  const positions = products.map(() => ({ ...AT_ZERO, lastPrice }));
  const bars = products.map(() => flatBars());
  return tradesOf({ fills: [fillRows(fills)], products, positions, endTime: START + 10 * DAY, steps: 10 }, bars);
}

function brief({ side, quantity, entryPrice, exitPrice, fees, pnl, bars, open }: Trade): unknown[] {
  return [side, quantity, entryPrice, exitPrice, fees, pnl, bars, open ? 'open' : 'closed'];
}

describe('first in, first out', () => {
  test('a round trip, with everything that a trade says', () => {
    const fills = [
      { quantity: 10, price: 100, fee: 1, step: 2 },
      { quantity: -10, price: 110, fee: 2, step: 7 },
    ];
    expect(trades(fills)).toEqual([
      {
        product: 'stock.SPY.usa',
        side: 'long',
        quantity: 10,
        entryTime: START + 2 * DAY,
        exitTime: START + 7 * DAY,
        entryPrice: 100,
        exitPrice: 110,
        fees: expect.closeTo(3, 12),
        pnl: 97,
        returnRatio: 0.097,
        entryStep: 2,
        bars: 5,
        mae: 0,
        mfe: expect.closeTo(0.1, 12),
        open: false,
      },
    ]);
  });

  test.each<[string, FillSketch[], unknown[][]]>([
    ['nothing filled', [], []],
    [
      'a short wins when the price falls',
      [
        { quantity: -4, price: 50 },
        { quantity: 4, price: 45 },
      ],
      [['short', 4, 50, 45, 0, 20, 1, 'closed']],
    ],
    [
      'a partial close splits the entry fee by quantity',
      [
        { quantity: 10, price: 100, fee: 5 },
        { quantity: -4, price: 101, fee: 2 },
        { quantity: -6, price: 102, fee: 3 },
      ],
      [
        ['long', 4, 100, 101, 4, 0, 1, 'closed'],
        ['long', 6, 100, 102, 6, 6, 2, 'closed'],
      ],
    ],
    [
      'one close of two entries takes the older first',
      [
        { quantity: 3, price: 10 },
        { quantity: 5, price: 20 },
        { quantity: -4, price: 30 },
      ],
      [
        ['long', 3, 10, 30, 0, 60, 2, 'closed'],
        ['long', 1, 20, 30, 0, 10, 1, 'closed'],
        ['long', 4, 20, 100, 0, 320, 7, 'open'],
      ],
    ],
    [
      'a flip through zero closes and enters; its fee is split by quantity',
      [
        { quantity: 10, price: 100 },
        { quantity: -15, price: 90, fee: 3 },
        { quantity: 5, price: 80 },
      ],
      [
        ['long', 10, 100, 90, 2, -102, 1, 'closed'],
        ['short', 5, 90, 80, 1, 49, 1, 'closed'],
      ],
    ],
    [
      'what stays open is marked to the last price and pays no exit fee',
      [{ quantity: -2, price: 120, fee: 1, step: 4 }],
      [['short', 2, 120, 100, 1, 39, 5, 'open']],
    ],
    [
      'rounding of sums leaves no trade behind',
      [
        { quantity: 0.1, price: 100 },
        { quantity: 0.2, price: 100 },
        { quantity: -(0.1 + 0.2), price: 100 },
      ],
      [
        ['long', 0.1, 100, 100, 0, 0, 2, 'closed'],
        ['long', 0.2, 100, 100, 0, 0, 1, 'closed'],
      ],
    ],
  ])('%s', (_, fills, expected) => {
    expect(trades(fills).map(brief)).toEqual(expected);
  });

  test('rows may come in pieces', () => {
    const fills = [1, 1, -1, -1, 2].map((quantity, index) => ({ quantity, price: 10 + index, step: index }));
    const rows = fillRows(fills);
    const pieces = [rows.slice(0, 3 * FILL_WIDTH), rows.slice(3 * FILL_WIDTH)];
    const record = { products: [SPY], positions: [AT_ZERO], endTime: START + 10 * DAY, steps: 10 };
    expect(tradesOf({ ...record, fills: pieces }, [flatBars()])).toEqual(trades(fills));
  });

  test('products do not mix, and a contract multiplier scales profit', () => {
    const fills = [
      { quantity: 2, price: 100, product: 0 },
      { quantity: 1, price: 4000, product: 1 },
      { quantity: -1, price: 4010, product: 1 },
      { quantity: -2, price: 99, product: 0 },
    ];
    const result = trades(fills, 100, [SPY, FUTURE]);
    expect(result.map(({ product, pnl, returnRatio }) => [product, pnl, returnRatio])).toEqual([
      ['future.ES.usa', 500, 0.0025],
      ['stock.SPY.usa', -2, -0.01],
    ]);
  });
});

describe('property', () => {
  const fill = fc.record({
    quantity: fc.oneof(fc.integer({ min: 1, max: 50 }), fc.double({ min: 1e-6, max: 50, noNaN: true })),
    buys: fc.boolean(),
    price: fc.double({ min: 1, max: 1000, noNaN: true }),
    fee: fc.double({ min: 0, max: 5, noNaN: true }),
    product: fc.integer({ min: 0, max: 1 }),
  });

  test('profits of all trades add up to the change of equity', () => {
    fc.assert(
      fc.property(fc.array(fill, { maxLength: 60 }), fc.double({ min: 1, max: 1000, noNaN: true }), (fills, last) => {
        const sketches = fills.map(({ buys, ...rest }) => ({
          ...rest,
          quantity: buys ? rest.quantity : -rest.quantity,
        }));
        const products = [SPY, FUTURE];
        const multiplier = (product = 0): number => products[product]!.multiplier;
        const change = sketches.reduce(
          (sum, { quantity, price, fee, product }) => sum + quantity * (last - price) * multiplier(product) - fee,
          0,
        );
        const scale = sketches.reduce(
          (sum, { quantity, price, product }) => sum + Math.abs(quantity) * (last + price) * multiplier(product),
          1,
        );
        const total = trades(sketches, last, products).reduce((sum, trade) => sum + trade.pnl, 0);
        expect(Math.abs(total - change)).toBeLessThan(1e-9 * scale);
      }),
    );
  });
});

test('half a million fills into one position are paired: quadratic work would never end', () => {
  const fills: FillSketch[] = [];
  for (let i = 0; i < 250_000; i++) fills.push({ quantity: 1, price: 100 + (i % 7) });
  for (let i = 0; i < 250_000; i++) fills.push({ quantity: -1, price: 101 + (i % 5) });
  const record = { fills: [fillRows(fills)], products: [SPY], positions: [AT_ZERO], endTime: START, steps: 500_000 };
  expect(tradesOf(record, [flatBars(500_001)])).toHaveLength(250_000);
});
