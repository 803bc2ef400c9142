import { expect, test } from 'vitest';
import { jsonPieces } from '../../../../src/cli/output/json-pieces.ts';
import { createOutput } from '../../../../src/cli/output/output.ts';

const list = Array.from({ length: 2_500 }, (_, index) => ({
  index,
  text: `"${index}"`,
  none: undefined,
  bad: Number.NaN,
}));

test.each([
  [null],
  ['a\n"b"'],
  [Number.NaN],
  [[]],
  [{}],
  [{ none: undefined }],
  [[undefined, 1, [2, [3]]]],
  [{ none: undefined, 'a"b': 1, at: new Date(0), nested: { deep: { list: [] } } }],
  [{ v: 1, data: { best: list[0], runs: list, after: true }, warnings: [] }],
])('the pieces of %j are its JSON', value => {
  expect([...jsonPieces(value)].join('')).toBe(JSON.stringify(value));
});

test('a document that is longer than a text can be is written', () => {
  let [length, last] = [0, ''];
  const write = (text: string) => {
    length += text.length;
    last = text;
  };
  const stdout = { write };
  const out = createOutput({ stdout, stderr: stdout, env: {}, nowMs: () => 0 }, 'json', true);
  const item = 'x'.repeat(100_000);
  out.json({ runs: Array.from({ length: 6_000 }, () => item) });
  expect(length).toBe('{"runs":[]}\n'.length + 6_000 * 100_002 + 5_999);
  expect(last.endsWith(']}\n')).toBe(true);
}, 60_000);
