import { expect, test } from 'vitest';
import type { Metric } from '../../../src/runtime/metrics/metric.ts';
import { type ComparedRun, compareRuns } from '../../../src/runtime/report/compare.ts';
import { renderComparison } from '../../../src/runtime/report/compare-text.ts';
import { plainStyle } from '../../../src/runtime/report/style.ts';
import { type FillSketch, fillRows } from '../metrics/records.ts';

const metric = (value: number | null, unit: Metric['unit']): Metric => ({ value, unit, n: 1, definition: 'D.' });
const FILLS: readonly FillSketch[] = [
  { quantity: 10, price: 100.25, fee: 1 },
  { quantity: -10, price: 101, fee: 1 },
];

function run(runId: string, fills: readonly FillSketch[], cagr: number | null, sharpe = 1.5): ComparedRun {
  return {
    runId,
    resultHash: JSON.stringify(fills),
    metrics: { sharpe: metric(sharpe, 'number'), cagr: metric(cagr, 'ratio') },
    fills: fillRows(fills),
    products: ['stock.SPY.usa'],
  };
}

test('equal runs', () => {
  const comparison = compareRuns(run('a', FILLS, 0.1), run('b', FILLS, 0.1));
  expect(comparison).toMatchObject({ same: true, metrics: [], firstDifferentFill: null });
  expect(renderComparison(comparison, plainStyle(80))).toMatchInlineSnapshot(`
    "  a and b: Same result hash

      All metrics are equal.

      All 2 fills are equal.
    "
  `);
});

test('metrics that differ come in the order of the report', () => {
  const comparison = compareRuns(run('a', FILLS, 0.1), run('b', FILLS, null, 2));
  expect(comparison.metrics).toEqual([
    { name: 'cagr', unit: 'ratio', left: 0.1, right: null, change: null },
    { name: 'sharpe', unit: 'number', left: 1.5, right: 2, change: 0.5 },
  ]);
});

test('the first fill that differs, in its last digit', () => {
  const other = [FILLS[0]!, { ...FILLS[1]!, price: 101.00000000000001 }];
  const comparison = compareRuns(run('a', FILLS, 0.1), run('b', other, 0.11));
  expect(comparison.firstDifferentFill).toMatchObject({ index: 1, left: { price: 101 } });
  expect(renderComparison(comparison, plainStyle(80))).toMatchInlineSnapshot(`
    "  a and b: Different results

                                 left           right          change
      cagr                      10.0%           11.0%          +1.00%

      First different fill: number 2 of 2 and 2 fills
      left           2020-01-03  sell 10 stock.SPY.usa at 101, fee 1
      right          2020-01-03  sell 10 stock.SPY.usa at 101.00000000000001, fee 1
    "
  `);
});

test('one run has more fills', () => {
  const comparison = compareRuns(run('a', FILLS, 0.1), run('b', FILLS.slice(0, 1), 0.1));
  expect(comparison.firstDifferentFill).toMatchObject({ index: 1, right: null });
  expect(renderComparison(comparison, plainStyle(80))).toContain('right          no fill');
});

test('no fills at all', () => {
  const comparison = compareRuns(run('a', [], 0.1), run('b', [], 0.1));
  expect(renderComparison(comparison, plainStyle(80))).toContain('Neither run filled an order.');
});
