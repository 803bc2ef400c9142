import { expect, test } from 'vitest';
import { wrap } from '../../../src/runtime/report/wrap.ts';

test.each([
  ['', 5, ['']],
  ['one two three', 7, ['one two', 'three']],
  ['one two', 7, ['one two']],
  ['a longest-word b', 4, ['a', 'longest-word', 'b']],
])('%j at %d', (text, width, lines) => {
  expect(wrap(text, width)).toEqual(lines);
});
