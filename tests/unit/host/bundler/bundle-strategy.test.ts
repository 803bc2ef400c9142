import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bundleStrategy } from '../../../../src/runtime/host/bundler/bundle-strategy.ts';
import { DEFAULT_LIMITS } from '../../../../src/runtime/host/executor.ts';
import { inlineExecutor } from '../../../../src/runtime/host/executors/inline-executor.ts';
import { bundle, dailyInput, project, TINY_RUNTIME } from '../../../helpers/strategy-project.ts';

const PROJECT = {
  'strategies/index.ts': `
    import { defineStrategy } from 'gobool';
    import { twice } from '../lib/twice';
    import { thrice } from 'common';
    import { four } from 'modern';
    import table from './table.json';
    export default defineStrategy({ onBar: (i: number) => twice(thrice(four)) + table.offset });`,
  'strategies/table.json': '{ "offset": 0.5 }',
  'lib/twice.ts': 'export const twice = (x: number): number => 2 * x;',
  'node_modules/common/package.json': '{ "name": "common", "main": "main.js" }',
  'node_modules/common/main.js': 'exports.thrice = require("./inner").thrice;',
  'node_modules/common/inner.js': 'exports.thrice = x => (process.env.NODE_ENV === "production" ? 3 : NaN) * x;',
  'node_modules/modern/package.json': '{ "name": "modern", "exports": { "import": "./main.mjs" } }',
  'node_modules/modern/main.mjs': 'export const four = 4;',
};

async function equityOf(files: Parameters<typeof bundle>[0], bars = 1): Promise<number[]> {
  const made = await bundle(files);
  const equity: number[] = [];
  const onChunk = (chunk: { equity: Float64Array }) => equity.push(...chunk.equity);
  await inlineExecutor().run(made, dailyInput(bars), onChunk, { limits: DEFAULT_LIMITS });
  return equity;
}

describe('a bundle', () => {
  test('holds local files, JSON and packages of both kinds', async () => {
    const { inputs } = await bundle(PROJECT, 'strategies/index.ts');
    expect(inputs.map(path => basename(path)).sort()).toEqual(
      ['index.ts', 'inner.js', 'main.js', 'main.mjs', 'table.json', 'twice.ts'].sort(),
    );
    const equity = await equityOf({ ...PROJECT, 'strategy.ts': "export { default } from './strategies/index.ts';" });
    expect(equity).toEqual([24.5]);
  });

  test('is the same from any folder, and is named by the hash of its text', async () => {
    const here = await bundle(PROJECT, 'strategies/index.ts');
    const deeper = Object.fromEntries(Object.entries(PROJECT).map(([path, text]) => [`some/where/else/${path}`, text]));
    const there = await bundle(deeper, 'some/where/else/strategies/index.ts');
    expect(there.hash).toBe(here.hash);
    expect(here.hash).toBe(createHash('sha256').update(here.code).digest('hex'));
  });

  test('may be made from a file that begins with a line for the shell', async () => {
    expect(await equityOf('#!/usr/bin/env gobool\nexport default { onBar: () => 4 };')).toEqual([4]);
  });

  test('imports nothing and names no folder', async () => {
    const cwd = project(PROJECT);
    const { code } = await bundleStrategy('strategies/index.ts', { cwd, runtime: TINY_RUNTIME });
    expect(code).not.toMatch(/(^|[;}])import\b/);
    expect(code).not.toContain(basename(cwd));
    expect(code).not.toContain(process.cwd());
  });

  test('does not depend on a tsconfig.json around it', async () => {
    const files = { 'strategy.ts': 'class A { x = 1 } export default { onBar: () => new A().x };' };
    const plain = await bundle(files);
    const odd = '{ "compilerOptions": { "target": "es5", "useDefineForClassFields": false } }';
    expect((await bundle({ ...files, 'tsconfig.json': odd })).hash).toBe(plain.hash);
  });

  test('changes its hash with the source', async () => {
    const [one, two] = await Promise.all([bundle('export default { a: 1 }'), bundle('export default { a: 2 }')]);
    expect(one.hash).not.toBe(two.hash);
  });
});

describe('inside a bundle', () => {
  test('Date and Math.random are the run own; the host keeps its globals', async () => {
    const hostRandom = Math.random;
    const text = 'export default { onBar: () => Date.now() + (Math.random() < 1 ? new Date().getHours() : NaN) };';
    expect(await equityOf(text, 2)).toEqual([Date.UTC(2020, 0, 2), Date.UTC(2020, 0, 3)]);
    expect(Math.random).toBe(hostRandom);
  });

  test('a local variable of the same name stays local', async () => {
    expect(await equityOf('const Date = { now: () => 7 }; export default { onBar: () => Date.now() };')).toEqual([7]);
  });

  test('names of the host are undefined, and a package that asks with typeof goes on', async () => {
    const text = `
      const root = typeof global === 'object' && global.Object === Object ? global : Function('return this')();
      const wait = typeof setTimeout === 'function' ? setTimeout : undefined;
      export default { onBar: () => (typeof fetch === 'undefined' && wait === undefined && root.process === undefined ? 1 : 0) };`;
    expect(await equityOf(text)).toEqual([1]);
  });

  test("the language's objects cannot be changed by a detour", async () => {
    const text = 'const detour = globalThis; export default { onBar() { detour.Object = 1; return 0; } };';
    await expect(equityOf(text)).rejects.toMatchObject({ code: 'GB_STRATEGY_THREW' });
  });

  test('packages may keep things of their own on the global object, which is that of the bundle alone', async () => {
    const keep = '(detour => (detour.kept ??= { bars: 0 }))(globalThis)';
    expect(await equityOf(`const kept = ${keep}; export default { onBar: () => ++kept.bars };`)).toEqual([1]);
    const ask = '(detour => typeof detour.kept)(globalThis)';
    expect(await equityOf(`export default { onBar: () => (${ask} === 'undefined' ? 7 : 0) };`)).toEqual([7]);
    expect(globalThis).not.toHaveProperty('kept');
  });
});

describe('imports and exports', () => {
  test('all of gobool under one name, and exports beside the default', async () => {
    const text = `
      import * as g from 'gobool';
      export const half = 0.5;
      export { defineStrategy as again } from 'gobool';
      export default g.defineStrategy({ onBar: () => half });`;
    expect(await equityOf(text)).toEqual([0.5]);
  });

  test('names of the strategy hide nothing of gobool, not even its own variable', async () => {
    const text = 'const gobool$ = 3, makeBundle = 4; export default { onBar: () => gobool$ + makeBundle };';
    expect(await equityOf(text)).toEqual([7]);
  });

  test('an error has its line behind a text of several lines, and behind imports', async () => {
    const text =
      "import { defineStrategy } from 'gobool';\nconst long = `one\ntwo`;\n" +
      'export default defineStrategy({\n  onBar() {\n    throw new Error(long);\n  },\n});';
    await expect(equityOf(text)).rejects.toMatchObject({ code: 'GB_STRATEGY_THREW', where: { line: 6, column: 11 } });
  });
});

describe('a strategy that cannot be bundled', () => {
  test('missing', async () => {
    await expect(bundle({}, 'nowhere.ts')).rejects.toMatchObject({ code: 'GB_STRATEGY_MISSING' });
    const cwd = project({});
    mkdirSync(join(cwd, 'folder.ts'));
    await expect(bundleStrategy('folder.ts', { cwd, runtime: TINY_RUNTIME })).rejects.toMatchObject({
      code: 'GB_STRATEGY_MISSING',
    });
  });

  test('does not parse: line, column and frame', async () => {
    await expect(bundle("const ok = 1;\nconst wörd = 'é' +* 2;\n")).rejects.toMatchObject({
      code: 'GB_STRATEGY_COMPILE',
      message: 'strategy.ts:2: Unexpected "*"',
      where: {
        file: 'strategy.ts',
        line: 2,
        column: 19,
        frame: expect.stringContaining("> 2 | const wörd = 'é' +* 2;\n    |                   ^"),
      },
    });
  });

  test('imports what is not there: every import is listed', async () => {
    await expect(bundle("import './a.ts';\nimport 'no-such-package';\n")).rejects.toMatchObject({
      code: 'GB_STRATEGY_COMPILE',
      problems: [
        expect.stringMatching(/^strategy\.ts:1:8: Could not resolve "\.\/a\.ts"/),
        expect.stringMatching(/^strategy\.ts:2:8: Could not resolve "no-such-package"/),
      ],
    });
  });
});
