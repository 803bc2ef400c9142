/** Excursions by hand: which part of which bar certainly happened while a trade was open. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tradesOf } from '../../../src/runtime/metrics/trades-of.ts';
import { DAY, datasetOf, type FillSketch, fillRows, SPY, START } from './records.ts';

type Ohlc = readonly [open: number, high: number, low: number, close: number];

/** Bar 1 rises far, bar 2 falls far, bar 3 is calm, bar 4 goes both ways. */
const BARS: readonly Ohlc[] = [
  [100, 100, 100, 100],
  [100, 120, 99, 110],
  [110, 111, 80, 90],
  [90, 95, 85, 90],
  [90, 130, 70, 100],
];

const barsOf = (rows: readonly Ohlc[]) => {
  const column = (at: 0 | 1 | 2 | 3) => Float64Array.from(rows, row => row[at]);
  return datasetOf(
    rows.map(row => row[3]),
    SPY,
    { open: column(0), high: column(1), low: column(2) },
  ).bars;
};

function excursionsOf(fills: readonly FillSketch[], rows = BARS): (readonly number[])[] {
  const positions = [{ quantity: 0, averagePrice: Number.NaN, lastPrice: rows.at(-1)![3] }];
  const record = { fills: [fillRows(fills)], products: [SPY], positions, steps: rows.length };
  const trades = tradesOf({ ...record, endTime: START + rows.length * DAY }, [barsOf(rows)]);
  return trades.map(({ mae, mfe }) => [mae, mfe].map(value => Number(value.toFixed(6))));
}

const closeOf = (step: number): number => START + (step + 1) * DAY;

describe('a trade of one lot', () => {
  test.each<[string, FillSketch[], [mae: number, mfe: number]]>([
    [
      'from open to open: the whole bars between, and no part of the exit bar',
      [
        { quantity: 1, price: 100, step: 1 },
        { quantity: -1, price: 90, step: 3 },
      ],
      [0.2, 0.2],
    ],
    [
      'entered inside a bar: of that bar only the close',
      [
        { quantity: 1, price: 105, step: 1 },
        { quantity: -1, price: 110, step: 2 },
      ],
      [0, 5 / 105],
    ],
    [
      'left inside a bar: of that bar only the open and the exit',
      [
        { quantity: 1, price: 90, step: 3 },
        { quantity: -1, price: 99, step: 4 },
      ],
      [5 / 90, 0.1],
    ],
    [
      'left at the close: all of the exit bar',
      [
        { quantity: 1, price: 90, step: 3 },
        { quantity: -1, price: 100, step: 4, time: closeOf(4) },
      ],
      [20 / 90, 40 / 90],
    ],
    [
      'entered at the close: nothing of that bar',
      [
        { quantity: 1, price: 110, step: 1, time: closeOf(1) },
        { quantity: -1, price: 110, step: 2 },
      ],
      [0, 0],
    ],
    [
      'entered at the open and left inside the same bar: the exit alone',
      [
        { quantity: 1, price: 100, step: 1 },
        { quantity: -1, price: 104, step: 1 },
      ],
      [0, 0.04],
    ],
    [
      'entered inside a bar and left at its close: the exit alone',
      [
        { quantity: 1, price: 105, step: 1 },
        { quantity: -1, price: 110, step: 1, time: closeOf(1) },
      ],
      [0, 5 / 105],
    ],
    [
      'a short mirrors it',
      [
        { quantity: -1, price: 100, step: 1 },
        { quantity: 1, price: 90, step: 3 },
      ],
      [0.2, 0.2],
    ],
    [
      'a short that only lost',
      [
        { quantity: -1, price: 100, step: 1 },
        { quantity: 1, price: 110, step: 2 },
      ],
      [0.2, 0.01],
    ],
    [
      'slippage leaves an entry at the open an entry at the open',
      [
        { quantity: 1, price: 102, slippage: 2, step: 1 },
        { quantity: -1, price: 110, step: 2 },
      ],
      [3 / 102, 18 / 102],
    ],
    ['open at the end: up to the close of the last bar', [{ quantity: 1, price: 90, step: 3 }], [20 / 90, 40 / 90]],
  ])('%s', (_, fills, expected) => {
    expect(excursionsOf(fills)).toEqual([expected.map(value => Number(value.toFixed(6)))]);
  });
});

describe('several lots', () => {
  test('each has its own span', () => {
    const fills = [
      { quantity: 1, price: 100, step: 1 },
      { quantity: 1, price: 90, step: 3 },
      { quantity: -2, price: 90, step: 4 },
    ];
    expect(excursionsOf(fills)).toEqual([
      [0.2, 0.2],
      [0.055556, 0.055556],
    ]);
  });

  test('a flip through zero starts anew', () => {
    const fills = [
      { quantity: 1, price: 100, step: 1 },
      { quantity: -2, price: 110, step: 2 },
      { quantity: 1, price: 90, step: 3 },
    ];
    expect(excursionsOf(fills)).toEqual([
      [0.01, 0.2],
      [0.009091, 0.272727],
    ]);
  });

  test('what one product does is nothing to another', () => {
    const fills = [
      { quantity: 1, price: 100, step: 1, product: 0 },
      { quantity: 1, price: 50, step: 1, product: 1 },
      { quantity: -1, price: 50, step: 3, product: 1 },
      { quantity: -1, price: 90, step: 3, product: 0 },
    ];
    const calm = barsOf(BARS.map(() => [50, 51, 49, 50]));
    const positions = [0, 1].map(() => ({ quantity: 0, averagePrice: Number.NaN, lastPrice: 1 }));
    const products = [SPY, { ...SPY, id: 'stock.IEF.usa' }];
    const record = { fills: [fillRows(fills)], products, positions, steps: 5, endTime: START + 5 * DAY };
    expect(tradesOf(record, [barsOf(BARS), calm]).map(({ mae, mfe }) => [mae, mfe])).toEqual([
      [expect.closeTo(0.02, 12), expect.closeTo(0.02, 12)],
      [expect.closeTo(0.2, 12), expect.closeTo(0.2, 12)],
    ]);
  });
});

describe('property', () => {
  const bar = fc
    .tuple(...([0, 1, 2, 3] as const).map(() => fc.integer({ min: 50, max: 150 })))
    .map(
      ([a, b, open, close]): Ohlc => [open!, Math.max(a!, b!, open!, close!), Math.min(a!, b!, open!, close!), close!],
    );
  /** 0: at the open, 1: inside, 2: at the close. */
  const moment = fc.record({
    step: fc.nat({ max: 29 }),
    part: fc.nat({ max: 2 }),
    quantity: fc.constantFrom(-2, -1, 1, 2),
  });

  test('an excursion takes in the profit and the bars between, and is no more than all bars of the trade show', () => {
    fc.assert(
      fc.property(
        fc.array(bar, { minLength: 30, maxLength: 30 }),
        fc.array(moment, { maxLength: 40 }),
        (rows, moments) => {
          const ordered = moments.toSorted((a, b) => a.step + a.part / 3 - (b.step + b.part / 3));
          const fills = ordered.map(({ step, part, quantity }) => sketch(rows[step]!, step, part, quantity));
          const positions = [{ quantity: 0, averagePrice: Number.NaN, lastPrice: rows.at(-1)![3] }];
          const record = { fills: [fillRows(fills)], products: [SPY], positions, steps: 30, endTime: START + 30 * DAY };
          for (const trade of tradesOf(record, [barsOf(rows)])) {
            const { side, entryPrice, exitPrice, entryStep, bars: steps, mae, mfe } = trade;
            const sign = side === 'long' ? 1 : -1;
            const gross = (sign * (exitPrice - entryPrice)) / entryPrice;
            expect(mfe).toBeGreaterThanOrEqual(gross - 1e-12);
            expect(-mae).toBeLessThanOrEqual(gross + 1e-12);
            const inside = rows.slice(entryStep + 1, entryStep + steps);
            const extremes = inside
              .flatMap(([, high, low]) => [high, low])
              .map(price => (sign * (price - entryPrice)) / entryPrice);
            expect(mfe).toBeGreaterThanOrEqual(Math.max(0, ...extremes) - 1e-12);
            expect(-mae).toBeLessThanOrEqual(Math.min(0, ...extremes) + 1e-12);
            const held = rows.slice(entryStep, entryStep + steps + 1);
            const widest = held
              .flatMap(([, high, low]) => [high, low])
              .map(price => (sign * (price - entryPrice)) / entryPrice);
            expect(mfe).toBeLessThanOrEqual(Math.max(0, ...widest) + 1e-12);
            expect(-mae).toBeGreaterThanOrEqual(Math.min(0, ...widest) - 1e-12);
          }
        },
      ),
    );
  });
});

function sketch([open, high, , close]: Ohlc, step: number, part: number, quantity: number): FillSketch {
  if (part === 0) return { step, quantity, price: open };
  if (part === 1) return { step, quantity, price: (open + high) / 2 };
  return { step, quantity, price: close, time: closeOf(step) };
}
