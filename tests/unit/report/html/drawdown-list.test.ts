import { expect, test } from 'vitest';
import { deepestFalls } from '../../../../src/runtime/report/html/drawdown-list.ts';

const falls = (equity: readonly number[], count = 9) =>
  deepestFalls(Float64Array.from(equity.keys()), Float64Array.from(equity), count);

test('deepest first, from peak over trough to recovery', () => {
  expect(falls([100, 90, 100, 120, 60, 80, 119, 120, 114])).toEqual([
    { peakTime: 3, troughTime: 4, recoveryTime: 7, depth: 0.5 },
    { peakTime: 0, troughTime: 1, recoveryTime: 2, depth: 1 - 0.9 },
    { peakTime: 7, troughTime: 8, recoveryTime: null, depth: 1 - 0.95 },
  ]);
});

test('at most as many as asked for; none for a curve that never falls', () => {
  expect(falls([100, 90, 100, 80, 100], 1)).toEqual([{ peakTime: 2, troughTime: 3, recoveryTime: 4, depth: 1 - 0.8 }]);
  expect(falls([100, 100, 110])).toEqual([]);
  expect(falls([])).toEqual([]);
  expect(falls([100, 104, 104 - 1.5e-14])).toEqual([]);
});
