import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { cachedFolder, type Recipe } from '../../../../src/cluster/dev/fetch/cached-folder.ts';
import { damageIn } from '../../../../src/cluster/dev/fetch/manifest.ts';
import { testMachine } from '../../../helpers/fetch-context.ts';

/** A machine, and a recipe of two files that counts how often it is followed. */
function setUp() {
  const machine = testMachine();
  let made = 0;
  const recipe: Recipe = {
    key: 'tool-1.0',
    lock: 'tool',
    make: async stagingDir => {
      made++;
      mkdirSync(join(stagingDir, 'bin'));
      writeFileSync(join(stagingDir, 'bin/tool'), 'the program');
      writeFileSync(join(stagingDir, 'notes.txt'), 'text');
    },
  };
  const workDir = join(machine.context.cacheDir, 'work', recipe.key);
  return { ...machine, recipe, workDir, made: () => made, fetch: () => cachedFolder(recipe, machine.context) };
}

/** Written long before the manifest, as far as the times say: the disk changed a byte by itself. */
function rot(file: string): void {
  writeFileSync(file, readFileSync(file, 'utf8').replace('e', 'x'));
  utimesSync(file, 1, 1);
}

test('it is made once, with nothing left beside it', async () => {
  const { fetch, made, context } = setUp();
  const folder = await fetch();
  expect(await fetch()).toBe(folder);
  expect(made()).toBe(1);
  expect(readdirSync(folder).sort()).toEqual(['bin', 'manifest', 'notes.txt']);
  expect(readdirSync(join(context.cacheDir, 'work'))).toEqual([]);
});

test.each<[string, RegExp, (folder: string) => void]>([
  ['a file is gone', /bin\/tool is missing/, folder => rmSync(join(folder, 'bin/tool'))],
  ['a file is longer', /bin\/tool has another size/, folder => appendFileSync(join(folder, 'bin/tool'), '!')],
  ['a file was overwritten', /notes.txt has another hash/, folder => writeFileSync(join(folder, 'notes.txt'), 'tex!')],
  ['the manifest is gone', /manifest is unreadable/, folder => rmSync(join(folder, 'manifest'))],
  ['the manifest is cut', /manifest is unreadable/, folder => writeFileSync(join(folder, 'manifest'), 'ab')],
  ['the manifest is empty', /manifest is unreadable/, folder => writeFileSync(join(folder, 'manifest'), '')],
])('a damaged one is made again: %s', async (_, expected, damage) => {
  const { fetch, made, steps } = setUp();
  const folder = await fetch();
  await pause(10);
  damage(folder);
  expect(await fetch()).toBe(folder);
  expect(made()).toBe(2);
  expect(steps).toEqual([expect.stringMatching(expected)]);
  expect(await damageIn(folder, 'thorough')).toBeUndefined();
});

test('only the thorough look finds a byte that changed without a trace', async () => {
  const { fetch } = setUp();
  const folder = await fetch();
  rot(join(folder, 'bin/tool'));
  expect(await damageIn(folder)).toBeUndefined();
  expect(await damageIn(folder, 'thorough')).toBe('bin/tool has another hash');
});

test('a copied cache, newer than its manifest, is hashed once and then trusted', async () => {
  const { fetch, made } = setUp();
  const folder = await fetch();
  const manifest = join(folder, 'manifest');
  utimesSync(manifest, 1, 1);
  await fetch();
  expect(made()).toBe(1);
  expect(statSync(manifest).mtimeMs).toBeGreaterThanOrEqual(statSync(join(folder, 'bin/tool')).mtimeMs);
});

test('what a killed attempt left is removed, and what it downloaded is used', async () => {
  const { fetch, workDir, recipe } = setUp();
  mkdirSync(join(workDir, 'staging-dead', 'bin'), { recursive: true });
  writeFileSync(join(workDir, 'download'), 'kept');
  const { make } = recipe;
  let seen: readonly string[] = [];
  Object.assign(recipe, {
    make: (...args: Parameters<Recipe['make']>) => {
      seen = readdirSync(workDir).map(name => name.replace(/^staging-.*/, 'staging'));
      return make(...args);
    },
  });
  await fetch();
  expect(seen.toSorted()).toEqual(['download', 'staging']);
  expect(existsSync(workDir)).toBe(false);
});

test('a failure leaves no folder, and the next attempt is a fresh one', async () => {
  const { fetch, recipe, context, workDir } = setUp();
  const broken: Recipe = {
    ...recipe,
    make: async stagingDir => {
      writeFileSync(join(stagingDir, 'half'), '');
      throw new Error('the line was cut');
    },
  };
  await expect(cachedFolder(broken, context)).rejects.toThrow('the line was cut');
  expect(existsSync(join(context.cacheDir, recipe.key))).toBe(false);
  expect(readdirSync(workDir)).toEqual([]);
  expect(readdirSync(await fetch())).not.toContain('half');
});

test('a full disk is told as such', async () => {
  const { recipe, context } = setUp();
  const noSpace = Object.assign(new Error('write failed'), { code: 'ENOSPC' });
  const full: Recipe = { ...recipe, make: () => Promise.reject(noSpace) };
  await expect(cachedFolder(full, context)).rejects.toMatchObject({ code: 'GB_DISK_FULL' });
});

test('two at once make it once; the second says that it waits', async () => {
  const { recipe, context, made, steps } = setUp();
  const slow: Recipe = {
    ...recipe,
    make: async (...args) => {
      await pause(100);
      await recipe.make(...args);
    },
  };
  const [first, second] = await Promise.all([cachedFolder(slow, context), cachedFolder(slow, context)]);
  expect(first).toBe(second);
  expect(made()).toBe(1);
  expect(steps).toEqual(['waiting for another fetch (tool)']);
});

test('who waits for another can be stopped', async () => {
  const { recipe, context } = setUp();
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  const held: Recipe = {
    ...recipe,
    make: async (...args) => {
      begin();
      await released;
      await recipe.make(...args);
    },
  };
  const holder = cachedFolder(held, context);
  await begun;
  const controller = new AbortController();
  const waiting = cachedFolder(recipe, { ...context, signal: controller.signal });
  controller.abort(new Error('enough'));
  await expect(waiting).rejects.toThrow('enough');
  release();
  await holder;
});
