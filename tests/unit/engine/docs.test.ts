/** docs/semantics.md links a test for every rule: the files exist, and every test of a rule is linked. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const text = readFileSync('docs/semantics.md', 'utf8');
const targets = new Map(Array.from(text.matchAll(/^\[(.+)\]: \.\.\/(.+)$/gm), ([, name, path]) => [name!, path!]));

test('every link leads to a file, and every name that is used is defined', () => {
  expect([...targets.values()].filter(path => !existsSync(path))).toEqual([]);
  const used = Array.from(text.replaceAll(/\s+/g, ' ').matchAll(/\[([a-z][a-z -]*)\][^:(]/g), ([, name]) => name!);
  expect(used.filter(name => !targets.has(name))).toEqual([]);
  expect([...targets.keys()].filter(name => !used.includes(name))).toEqual([]);
});

test('every test of the engine is linked', () => {
  const isOfParts = (file: string): boolean =>
    ['docs.test.ts', 'indicator-columns.test.ts', 'parse-costs.test.ts'].includes(file);
  const tests = readdirSync('tests/unit/engine').filter(file => file.endsWith('.test.ts') && !isOfParts(file));
  const linked = new Set(targets.values());
  expect(tests.filter(file => !linked.has(`tests/unit/engine/${file}`))).toEqual([]);
});
