import { expect, test } from 'vitest';
import { wantsColour } from '../../../../src/cli/output/colour.ts';

test.each([
  [false, {}, true, true],
  [false, {}, false, false],
  [false, { TERM: 'dumb' }, true, false],
  [false, { TERM: 'dumb', FORCE_COLOR: '1' }, false, true],
  [false, { FORCE_COLOR: '0' }, true, false],
  [false, { NO_COLOR: '1', FORCE_COLOR: '1' }, true, false],
  [false, { NO_COLOR: '' }, true, true],
  [true, { FORCE_COLOR: '1' }, true, false],
])('--no-color %s, %j, terminal %s: %s', (flag, env, isTerminal, expected) => {
  expect(wantsColour(flag, env, isTerminal)).toBe(expected);
});
