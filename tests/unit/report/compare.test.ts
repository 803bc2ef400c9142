import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Metric } from '../../../src/runtime/metrics/metric.ts';
import { tradesOf } from '../../../src/runtime/metrics/trades-of.ts';
import { type ComparedRun, compareRuns } from '../../../src/runtime/report/comparison/compare-runs.ts';
import { renderComparison } from '../../../src/runtime/report/comparison/text.ts';
import { plainStyle } from '../../../src/runtime/report/style.ts';
import { type FillSketch, fillRows, flatBars, recordOf } from '../metrics/records.ts';

const metric = (value: number | null, unit: Metric['unit']): Metric => ({ value, unit, n: 1, definition: 'D.' });
const START_EQUITY = 10_000;
const FILLS: readonly FillSketch[] = [
  { quantity: 10, price: 100.25, fee: 1 },
  { quantity: -10, price: 101, fee: 1 },
];

interface Other {
  readonly cagr?: number | null;
  readonly sharpe?: number;
  readonly interest?: number;
  readonly currency?: string;
}

/** A run of ten days that ends at a price of 100. */
function run(runId: string, fills: readonly FillSketch[], other: Other = {}): ComparedRun {
  const { cagr = 0.1, sharpe = 1.5, interest = 0, currency = 'USD' } = other;
  const rows = fillRows(fills);
  const trades = tradesOf(recordOf(new Array(10).fill(START_EQUITY), { fills: [rows] }), [flatBars()]);
  const finalEquity = trades.reduce((sum, { pnl }) => sum + pnl, START_EQUITY + interest);
  const metrics = { sharpe: metric(sharpe, 'number'), cagr: metric(cagr, 'ratio') };
  const summary = { metrics, trades, startEquity: START_EQUITY, finalEquity, currency };
  return { runId, resultHash: JSON.stringify(fills), fills: rows, products: ['stock.SPY.usa'], summary };
}

const text = (left: ComparedRun, right: ComparedRun, tradesMax = 10): string =>
  renderComparison(compareRuns(left, right), plainStyle(80), tradesMax);

test('runs of equal hash say so at once', () => {
  const [left, right] = [run('a', FILLS), run('b', FILLS)];
  expect(compareRuns(left, right)).toMatchObject({ same: true, metrics: [], firstDifferentFill: null });
  expect(text(left, right)).toBe(
    '  a and b: Same result hash: every order, every fill and the daily equity are equal.\n',
  );
});

test('metrics that differ come in the order of the report', () => {
  const comparison = compareRuns(run('a', FILLS), run('b', FILLS, { cagr: null, sharpe: 2 }));
  expect(comparison.metrics).toEqual([
    { name: 'cagr', unit: 'ratio', left: 0.1, right: null, change: null },
    { name: 'sharpe', unit: 'number', left: 1.5, right: 2, change: 0.5 },
  ]);
});

test('values stand in columns also beside a long name', () => {
  const tail = (value: number) => ({ ...metric(value, 'ratio'), n: 2 });
  const [left, right] = [run('a', FILLS), run('b', [])].map((each, index) => {
    const metrics = { ...each.summary.metrics, conditionalValueAtRisk: tail(index / 10), cagr: tail(index / 5) };
    return { ...each, summary: { ...each.summary, metrics } };
  });
  const rows = text(left!, right!).split('\n').slice(2, 5);
  expect(rows[0]).toMatch(/^ +left +right +change$/);
  expect(new Set(rows.map(({ length }) => length)).size).toBe(1);
});

test('the first fill that differs, in its last digit', () => {
  const right = run('b', [FILLS[0]!, { ...FILLS[1]!, price: 101.00000000000001, slippage: 0.5 }], { cagr: 0.11 });
  expect(compareRuns(run('a', FILLS), right).firstDifferentFill).toMatchObject({ index: 1, left: { price: 101 } });
  expect(text(run('a', FILLS), right)).toMatchInlineSnapshot(`
    "  a and b: Different results

                                 left           right          change
      cagr                      10.0%           11.0%          +1.00%

      Profit: 5.50 and 5.50 USD, 0.00

      First different fill: number 2 of 2 and 2 fills
      left           2020-01-03, bar 2: sell 10 stock.SPY.usa at 101, fee 1
      right          2020-01-03, bar 2: sell 10 stock.SPY.usa at 101.00000000000001, fee 1, slippage 0.5

      Trades: 0 equal, 1 changed, 0 only left, 0 only right
         entry       exit        side  quantity    from                  to             profit
      -  2020-01-02  2020-01-03  long        10  100.25                 101              +5.50
      +                                                  101.00000000000001  5.500000000000142
    "
  `);
});

test('one run has more fills', () => {
  const [left, right] = [run('a', FILLS), run('b', FILLS.slice(0, 1))];
  expect(compareRuns(left, right).firstDifferentFill).toMatchObject({ index: 1, right: null });
  expect(text(left, right)).toContain('right          no fill');
});

test('no fills at all, and hashes that differ all the same', () => {
  const right = { ...run('b', []), resultHash: 'other' };
  expect(text(run('a', []), right)).toContain('Neither run filled an order.');
});

/** Two entries, the first of which the left run leaves in two parts. */
const LEFT: readonly FillSketch[] = [
  { step: 1, quantity: 10, price: 100 },
  { step: 2, quantity: -4, price: 101 },
  { step: 3, quantity: -6, price: 102 },
  { step: 4, quantity: 5, price: 100 },
  { step: 5, quantity: -5, price: 103, fee: 2 },
  { step: 6, quantity: -3, price: 104 },
  { step: 8, quantity: 3, price: 101 },
];
/** Leaves the first entry at once, trades the second in another size, the third not at all, and enters a fourth. */
const RIGHT: readonly FillSketch[] = [
  { step: 1, quantity: 10, price: 100 },
  { step: 3, quantity: -10, price: 102 },
  { step: 4, quantity: 6, price: 100 },
  { step: 5, quantity: -6, price: 103, fee: 3 },
  { step: 9, quantity: 1, price: 99 },
];

describe('trades', () => {
  test('belong together by product, side and entry; equal exits first', () => {
    const { trades } = compareRuns(run('a', LEFT), run('b', RIGHT));
    expect(trades).toMatchObject({ equal: 0, changed: 2, onlyLeft: 2, onlyRight: 1 });
    const seen = trades.differences.map(({ left, right, changed }) => [left?.quantity, right?.quantity, changed]);
    expect(seen).toEqual([
      [6, 10, ['quantity']],
      [4, undefined, []],
      [5, 6, ['quantity', 'fees']],
      [3, undefined, []],
      [undefined, 1, []],
    ]);
  });

  test('are shown as diff shows lines', () => {
    expect(text(run('a', LEFT), run('b', RIGHT))).toMatchInlineSnapshot(`
      "  a and b: Different results

        All metrics are equal.

        Profit: 38.00 and 36.00 USD, -2.00
                  -13.00  trades that only left has
                   +1.00  trades that only right has
                  +11.00  the same trades in other sizes
                   -1.00  fees of trades that both have

        First different fill: number 2 of 7 and 5 fills
        left           2020-01-03, bar 2: sell 4 stock.SPY.usa at 101, fee 0
        right          2020-01-04, bar 3: sell 10 stock.SPY.usa at 102, fee 0

        Trades: 0 equal, 2 changed, 2 only left, 1 only right
           entry       exit        side   quantity  from   to  profit
        -  2020-01-02  2020-01-04  long          6   100  102  +12.00
        +                                       10             +20.00
        -  2020-01-02  2020-01-03  long          4   100  101   +4.00
        -  2020-01-05  2020-01-06  long          5   100  103  +13.00
        +                                        6             +15.00
        -  2020-01-07  2020-01-09  short         3   104  101   +9.00
        +  2020-01-10  open        long          1    99  100   +1.00
      "
    `);
  });

  test('of several products are shown with their product', () => {
    const right = run('b', FILLS);
    const trades = right.summary.trades.map(trade => ({ ...trade, product: 'stock.QQQ.usa' }));
    const shown = text(run('a', FILLS), { ...right, resultHash: 'other', summary: { ...right.summary, trades } });
    expect(shown).toMatch(/^ {2}- .* stock\.SPY\.usa .*\n {2}\+ .* stock\.QQQ\.usa /m);
  });

  test('are shown up to a number', () => {
    const shown = text(run('a', LEFT), run('b', RIGHT), 2);
    expect(shown).toContain('  and 3 more; --all shows them\n');
    expect(shown.match(/^ {2}[-+] /gm)).toHaveLength(3);
  });

  test('of which one is open at the end of the shorter run', () => {
    const { trades, profit } = compareRuns(run('a', FILLS.slice(0, 1)), run('b', FILLS));
    expect(trades.differences[0]?.changed).toEqual(['exitTime', 'exitPrice', 'fees', 'open']);
    // Left is marked to 100, right left at 101.
    expect(profit).toMatchObject({ left: -3.5, right: 5.5, change: 9, parts: { exits: 10, fees: -1 } });
  });

  test('many parts of one entry are paired in no time', () => {
    const parts = Array.from({ length: 50_000 }, (_, k) => ({ step: k + 2, quantity: -1, price: 100 }));
    const left = run('a', [{ step: 1, quantity: 50_000, price: 100 }, ...parts]);
    const right = run('b', [{ step: 1, quantity: 50_000, price: 100 }, ...parts.slice(1)]);
    expect(compareRuns(left, right).trades).toMatchObject({ equal: 49_999, changed: 1, onlyLeft: 0, onlyRight: 0 });
  });
});

describe('the difference of the profits', () => {
  test('is explained part by part', () => {
    const { profit } = compareRuns(run('a', LEFT), run('b', RIGHT, { interest: 0.25 }));
    expect(profit).toEqual({
      currency: 'USD',
      left: 4 + 12 + 13 + 9,
      right: 20 + 15 + 1 + 0.25,
      change: -1.75,
      // Only left: 4 and 9. Only right: 1. Four more of the first entry gain 2 each, one more of the second gains 3.
      parts: { onlyLeft: -13, onlyRight: 1, prices: 0, exits: 0, quantities: 11, fees: -1, other: 0.25 },
    });
  });

  test('of the same trades at other prices, at other exits', () => {
    const [entry, exit] = [FILLS[0]!, FILLS[1]!];
    const dearer = compareRuns(run('a', FILLS), run('b', [{ ...entry, price: 100.75 }, exit]));
    expect(dearer.profit?.parts).toMatchObject({ prices: -5, exits: 0 });
    const later = compareRuns(run('a', FILLS), run('b', [entry, { ...exit, step: 5, price: 103 }]));
    expect(later.profit?.parts).toMatchObject({ prices: 0, exits: 20 });
  });

  test('is not taken between currencies', () => {
    const right = { ...run('b', FILLS, { currency: 'EUR' }), resultHash: 'other' };
    expect(compareRuns(run('a', FILLS), right).profit).toBeNull();
    expect(text(run('a', FILLS), right)).toContain('different currencies');
  });

  const fills = fc.array(
    fc.record({
      step: fc.integer({ min: 1, max: 6 }),
      quantity: fc.integer({ min: -5, max: 5 }).filter(quantity => quantity !== 0),
      price: fc.integer({ min: 90, max: 110 }),
      fee: fc.integer({ min: 0, max: 3 }),
    }),
    { maxLength: 12 },
  );
  const inOrder = (sketches: readonly FillSketch[]) => [...sketches].sort((a, b) => a.step! - b.step!);

  test('has no rest, and exchanging the runs exchanges its signs', () => {
    fc.assert(
      fc.property(fills, fills, (one, other) => {
        const [a, b] = [run('a', inOrder(one)), run('b', inOrder(other))];
        const [there, back] = [compareRuns(a, b).profit!, compareRuns(b, a).profit!];
        const sum = Object.values(there.parts).reduce((total, part) => total + part, 0);
        expect(sum).toBeCloseTo(there.change, 6);
        expect(there.parts.other).toBeCloseTo(0, 6);
        expect(back.parts.onlyLeft).toBeCloseTo(-there.parts.onlyRight, 6);
        for (const part of ['prices', 'exits', 'quantities', 'fees'] as const)
          expect(back.parts[part]).toBeCloseTo(-there.parts[part], 6);
      }),
    );
  });
});
