import { describe, expect, test } from 'vitest';
import { createOutput } from '../../../../src/cli/output/output.ts';

function heatOf(env: Record<string, string>, { isTTY = true, noColor = false } = {}) {
  const stream = { write: () => {}, isTTY };
  return createOutput({ stdout: stream, stderr: stream, env, nowMs: () => 0 }, 'text', noColor).heat;
}

const TRUE_COLOUR = { TERM: 'xterm-256color', COLORTERM: 'truecolor' };

test.each<[string, string]>([
  ['the worst is dark, with white text', '\u001b[48;2;68;1;84;38;5;231mx\u001b[0m'],
  ['the best is yellow, with black text', '\u001b[48;2;253;231;37;38;5;16mx\u001b[0m'],
])('%s', (name, expected) => {
  expect(heatOf(TRUE_COLOUR)?.(name.includes('worst') ? 0 : 1, 'x')).toBe(expected);
});

test('256 colours: the nearest of the cube', () => {
  expect(heatOf({ TERM: 'xterm-256color' })?.(1, 'x')).toBe('\u001b[48;5;220;38;5;16mx\u001b[0m');
});

describe('no colours', () => {
  test.each<[string, Record<string, string>, object]>([
    ['in a pipe', TRUE_COLOUR, { isTTY: false }],
    ['with --no-color', TRUE_COLOUR, { noColor: true }],
    ['with NO_COLOR', { ...TRUE_COLOUR, NO_COLOR: '1' }, {}],
    ['on a terminal with sixteen', { TERM: 'xterm' }, {}],
    ['on a dumb one', { TERM: 'dumb' }, {}],
  ])('%s', (_name, env, options) => {
    expect(heatOf(env, options)).toBeUndefined();
  });
});
