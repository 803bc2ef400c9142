import { expect, test } from 'vitest';
import { crossesAbove, crossesBelow } from '../../../src/runtime/indicators/crosses.ts';
import { barsFrom, runIndicators } from '../../helpers/indicators.ts';

const none = Number.NaN;

/** `a` crosses the high series, or a number: on which of the bars? */
test.each<[string, number[], number[] | number, { above: number[]; below: number[] }]>([
  ['from below to above', [1, 3], [2, 2], { above: [1], below: [] }],
  ['from above to below', [3, 1], [2, 2], { above: [], below: [1] }],
  ['touching is not crossing, leaving the touch is', [1, 2, 3, 2, 1], [2, 2, 2, 2, 2], { above: [2], below: [4] }],
  ['the other series moves', [2, 2, 2], [3, 1, 3], { above: [1], below: [2] }],
  ['once, not as long as it stays above', [1, 3, 4, 5], [2, 2, 2, 2], { above: [1], below: [] }],
  ['the first bar has no bar before', [3], [2], { above: [], below: [] }],
  ['undefined before', [none, 3, 1, none, 3], [2, 2, 2, 2, 2], { above: [], below: [2] }],
  ['the other undefined', [1, 3, 1], [none, 2, none], { above: [], below: [] }],
  ['a number', [1, 3, 2, 1], 2, { above: [1], below: [3] }],
  ['a number, undefined before', [none, 3, none, 1], 2, { above: [], below: [] }],
])('%s', (_, a, b, expected) => {
  const crossed = { above: [] as number[], below: [] as number[] };
  let bar = -1;
  const bars = barsFrom({ close: a, high: typeof b === 'number' ? a : b });
  runIndicators([bars], ({ close, high }) => ({ close, high }), {
    onStep: ({ close, high }) => {
      bar++;
      const other = typeof b === 'number' ? b : high!;
      if (crossesAbove(close!, other)) crossed.above.push(bar);
      if (crossesBelow(close!, other)) crossed.below.push(bar);
    },
  });
  expect(crossed).toEqual(expected);
});
