import { readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bundleStrategy, type StrategyBundle } from '../../../../src/runtime/host/bundler/bundle-strategy.ts';
import { project, TINY_RUNTIME } from '../../../helpers/strategy-project.ts';

const FILES = {
  'strategy.ts': "import { one } from './lib';\nexport default { onBar: () => one };",
  'lib/index.ts': 'export const one = 1;',
  'node_modules/.keep': '',
};

/** A project whose files are old enough to be cached. */
function oldProject(): { cwd: string; cacheFolder: string; bundle: () => Promise<StrategyBundle> } {
  const cwd = project({ ...FILES, 'cache/.keep': '' });
  for (const path of ['strategy.ts', 'lib/index.ts']) utimesSync(join(cwd, path), 1, 1);
  const cacheFolder = join(cwd, 'cache');
  return { cwd, cacheFolder, bundle: () => bundleStrategy('strategy.ts', { cwd, runtime: TINY_RUNTIME, cacheFolder }) };
}

function cacheFile(cacheFolder: string): string {
  const name = readdirSync(cacheFolder).find(file => file.endsWith('.bundle'));
  if (name === undefined) throw new Error('nothing is cached');
  return join(cacheFolder, name);
}

test('an unchanged strategy comes from the cache, the same in every part', async () => {
  const { bundle, cacheFolder } = oldProject();
  const first = await bundle();
  const { ino } = statSync(cacheFile(cacheFolder));
  expect(await bundle()).toEqual(first);
  // A bundle that was made again would have been written to another file.
  expect(statSync(cacheFile(cacheFolder)).ino).toBe(ino);
});

test.each([
  ['a changed file', 'lib/index.ts', 'export const one = 2;'],
  ['a new file that an import now means', 'lib.ts', 'export const one = 3;'],
  ['a new package.json', 'lib/package.json', '{ "main": "other.ts" }'],
])('%s makes a new bundle', async (_name, path, text) => {
  const { bundle, cwd } = oldProject();
  const first = await bundle();
  writeFileSync(join(cwd, 'lib/other.ts'), 'export const one = 4;');
  const second = await bundle();
  expect(second.hash).toBe(first.hash);
  writeFileSync(join(cwd, path), text);
  expect((await bundle()).hash).not.toBe(first.hash);
});

test('another installation of gobool makes its own bundle', async () => {
  const { bundle, cwd, cacheFolder } = oldProject();
  const first = await bundle();
  const runtime = { ...TINY_RUNTIME, sdk: TINY_RUNTIME.bundleEntry };
  expect((await bundleStrategy('strategy.ts', { cwd, runtime, cacheFolder })).hash).not.toBe(first.hash);
});

test('a corrupt or cut cache is built anew', async () => {
  const { bundle, cacheFolder } = oldProject();
  const first = await bundle();
  const file = cacheFile(cacheFolder);
  const good = readFileSync(file, 'utf8');
  for (const bad of ['', good.slice(0, 500), good.replace('onBar', 'onbar'), good.replace('\n', '\n ')]) {
    writeFileSync(file, bad);
    expect(await bundle()).toEqual(first);
    expect(readFileSync(file, 'utf8')).toBe(good);
  }
});

test('a folder that cannot be written is no error', async () => {
  const { bundle, cacheFolder } = oldProject();
  rmSync(cacheFolder, { recursive: true });
  writeFileSync(cacheFolder, 'a file');
  expect((await bundle()).hash).toBe((await bundle()).hash);
});
