import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { heatGrid } from '../../../src/runtime/report/heat-grid.ts';
import { heatMap } from '../../../src/runtime/report/heat-map.ts';
import { plainStyle, type TextStyle } from '../../../src/runtime/report/style.ts';
import { rankRuns } from '../../../src/runtime/sweep/ranking.ts';
import type { SweptRuns } from '../../../src/runtime/sweep/stability.ts';
import { sweepOf } from '../sweep/swept.ts';

const hill = ({ fast = 0, slow = 0 }: Record<string, number>) =>
  fast === 20 && slow === 40 ? null : 1 - ((fast - 30) / 25) ** 2 - ((slow - 60) / 40) ** 2;

function map(swept: SweptRuns, style: TextStyle = plainStyle(80)): readonly string[] {
  const [best] = rankRuns(swept.runs, swept.objective);
  return heatMap(swept, { best: best!, plateau: swept.runs[3] }, style);
}

const shown = (lines: readonly string[]) => `\n${lines.join('\n')}\n`;

describe('two parameters', () => {
  test('few values: each cell with its own', () => {
    const swept = sweepOf({ params: ['fast=10..50:10', 'slow=20..100:20'], where: 'fast<slow' }, hill);
    expect(shown(map(swept))).toMatchInlineSnapshot(`
      "
        Sharpe by fast (across) and slow (up)
        100 │░ -0.64▒ -0.16▒  0.00▒ -0.16░ -0.64
         80 │▒◇ 0.11▓  0.59█  0.75▓  0.59▒  0.11
         60 │▓  0.36█  0.84█◆ 1.00█  0.84▓  0.36
         40 │▒  0.11 -     █  0.75
         20 │░ -0.64
             10     20     30     40     50
        -0.64 ░░░▒▒▒▓▓▓███ 1.00   ◆ best set   ◇ best neighbourhood   - not defined
        empty: no set
      "
    `);
  });

  test('more values: shades', () => {
    const swept = sweepOf({ params: ['fast=10..40:2', 'slow=10..110:4'] }, hill);
    expect(shown(map(swept))).toMatchInlineSnapshot(`
      "
        Sharpe by slow (across) and fast (up)
        40 │░░░░▒▒▒▒▒▒▓▓▓▓▓▓████████████████████▓▓▓▓▓▓▒▒▒▒▒▒░░░░
        38 │░░░░▒▒▒▒▓▓▓▓▓▓████████████████████████▓▓▓▓▓▓▒▒▒▒░░░░
        36 │░░░░▒▒▒▒▓▓▓▓▓▓████████████████████████▓▓▓▓▓▓▒▒▒▒░░░░
        34 │░░░░▒▒▒▒▓▓▓▓▓▓████████████████████████▓▓▓▓▓▓▒▒▒▒░░░░
        32 │░░░░▒▒▒▒▓▓▓▓████████████████████████████▓▓▓▓▒▒▒▒░░░░
        30 │░░░░▒▒▒▒▓▓▓▓████████████◆███████████████▓▓▓▓▒▒▒▒░░░░
        28 │░░░░▒▒▒▒▓▓▓▓████████████████████████████▓▓▓▓▒▒▒▒░░░░
        26 │░░░░▒▒▒▒▓▓▓▓▓▓████████████████████████▓▓▓▓▓▓▒▒▒▒░░░░
        24 │░░░░▒▒▒▒▓▓▓▓▓▓████████████████████████▓▓▓▓▓▓▒▒▒▒░░░░
        22 │░░░░▒▒▒▒▓▓▓▓▓▓████████████████████████▓▓▓▓▓▓▒▒▒▒░░░░
        20 │░░░░▒▒▒▒▒▒▓▓▓▓▓▓████████████████████▓▓▓▓▓▓▒▒▒▒▒▒░░░░
        18 │░░░░░░▒▒▒▒▓▓▓▓▓▓▓▓████████████████▓▓▓▓▓▓▓▓▒▒▒▒░░░░░░
        16 │░░░░░░▒▒▒▒▒▒▓▓▓▓▓▓▓▓████████████▓▓▓▓▓▓▓▓▒▒▒▒▒▒░░░░░░
        14 │░░░░░░░░▒▒▒▒▓▓▓▓▓▓▓▓▓▓████████▓▓▓▓▓▓▓▓▓▓▒▒▒▒░░░░░░░░
        12 │░░░░░░░░▒▒▒▒▒▒▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▒▒▒▒▒▒░░░░░░░░
        10 │░░░░░░◇░░░▒▒▒▒▒▒▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▒▒▒▒▒▒░░░░░░░░░░
            10  18  26  34  42  50  58  66  74  82  90  98  106
        -0.72 or worse ░░░▒▒▒▓▓▓███ 1.00   ◆ best set   ◇ best neighbourhood
      "
    `);
  });

  test('more values than columns: the median of several sets in a cell', () => {
    const swept = sweepOf({ params: ['fast', 'slow=5..400'] }, hill);
    expect(map(swept).at(-1)).toContain('several sets in a cell: their median');
  });

  test('on colours, where there are some', () => {
    const heat = (share: number, text: string) => `[${share.toFixed(1)}:${text}]`;
    const swept = sweepOf({ params: ['fast=20..40:20', 'slow=40,60'] }, hill);
    expect(map(swept, { ...plainStyle(80), heat })).toMatchInlineSnapshot(`
      [
        "  Sharpe by fast (across) and slow (up)",
        "  60 │[1.0:◆0.84 ][1.0:◇0.84 ]",
        "  40 │ -    [0.0: 0.59 ]",
        "      20    40",
        "  0.59 [0.0: ][0.1: ][0.2: ][0.3: ][0.4: ][0.5: ][0.5: ][0.6: ][0.7: ][0.8: ][0.9: ][1.0: ] 0.84   ◆ best set   ◇ best neighbourhood   - not defined",
      ]
    `);
  });

  test('no cell is wider than the terminal, whatever the values', () => {
    const steps = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(steps, steps, fc.integer({ min: 60, max: 120 }), (fastStep, slowStep, width) => {
        const swept = sweepOf({ params: [`fast=2..100:${fastStep}`, `slow=5..400:${slowStep}`] }, hill);
        for (const line of map(swept, plainStyle(width))) expect(line.length).toBeLessThanOrEqual(width);
      }),
      { numRuns: 30 },
    );
  });
});

test('one parameter: bars', () => {
  expect(shown(map(sweepOf({ params: ['fast=10..60:10'] }, hill), plainStyle(60)))).toMatchInlineSnapshot(`
    "
      Sharpe by fast
      10 │▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇ -0.20
      20 │▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇ 0.28
      30 │▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇ 0.44 ◆
      40 │▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇ 0.28
      50 │▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇ -0.20
      60 │ -1.00
    "
  `);
});

test('no parameter, no objective: nothing', () => {
  expect(map(sweepOf({ params: ['fast=10,20'] }, () => null))).toEqual([]);
  const swept = sweepOf({ params: ['fast=10,20', 'slow=10,20'] }, () => null);
  expect(map(swept)).toEqual([]);
  expect(map({ ...swept, axes: [] })).toEqual([]);
});

describe('the grid of cells', () => {
  test('holds the other parameters at the best set', () => {
    const swept = sweepOf({ params: ['fast=10..50:10', 'slow=20..100:20', 'short'] }, set => hill(set));
    const grid = heatGrid(swept, rankRuns(swept.runs, swept.objective)[0]!, 99, 99);
    expect(grid.held).toEqual({ short: false });
    expect(grid.rows.flat().every(({ sets }) => sets === 1)).toBe(true);
  });

  test('has every set in exactly one cell', () => {
    const size = fc.integer({ min: 1, max: 12 });
    fc.assert(
      fc.property(size, size, (columns, rows) => {
        const swept = sweepOf({ params: ['fast=10..50:2', 'slow=20..100:10'] }, hill);
        const grid = heatGrid(swept, swept.runs[0]!, columns, rows);
        const sets = grid.rows.flat().reduce((sum, cell) => sum + cell.sets, 0);
        expect(sets).toBe(swept.runs.length);
        expect(grid.rows.length).toBe(Math.min(rows, 9));
        expect(grid.across.values.length).toBe(Math.min(columns, 21));
        expect(grid.across.values[0]).toBe(10);
      }),
    );
  });
});
