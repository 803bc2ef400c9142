import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { memoryArtifacts } from '../../../../src/cluster/adapters/memory/artifacts.ts';
import { artifactCache } from '../../../../src/cluster/services/worker/artifact-cache.ts';
import { pruneCache } from '../../../../src/cluster/services/worker/prune-cache.ts';
import { errorOf } from '../../../helpers/errors.ts';
import { temporaryDir } from '../../../helpers/temporary-dir.ts';

async function open(dir = temporaryDir()) {
  const bytes = randomBytes(10_000);
  const hash = createHash('sha256').update(bytes).digest('hex');
  const store = memoryArtifacts();
  await store.put(hash, bytes);
  let fetched = 0;
  const cache = artifactCache(dir, {
    get(wanted) {
      fetched++;
      return store.get(wanted);
    },
  });
  return { dir, bytes, hash, cache, file: join(dir, hash.slice(0, 2), hash), fetched: () => fetched };
}

test('fetches once, leaves nothing unfinished', async () => {
  const { cache, hash, bytes, file, fetched } = await open();
  for (let i = 0; i < 3; i++) expect((await cache.get(hash)).equals(bytes)).toBe(true);
  expect(fetched()).toBe(1);
  expect(readdirSync(join(file, '..'))).toEqual([hash]);
});

test('a changed or cut byte on the disk is fetched again, and repaired', async () => {
  const { cache, hash, bytes, file, fetched } = await open();
  await cache.get(hash);
  const changed = Buffer.from(bytes);
  changed[77] = (changed[77] ?? 0) ^ 1;
  for (const broken of [changed, bytes.subarray(1), Buffer.alloc(0)]) {
    const before = fetched();
    writeFileSync(file, broken);
    expect((await cache.get(hash)).equals(bytes)).toBe(true);
    expect(readFileSync(file).equals(bytes)).toBe(true);
    expect(fetched()).toBe(before + 1);
  }
});

test('works where the disk takes nothing, and keeps no error', async () => {
  const dir = join(temporaryDir(), 'not-a-folder');
  writeFileSync(dir, '');
  const { cache, hash, bytes } = await open(dir);
  for (let i = 0; i < 2; i++) expect((await cache.get(hash)).equals(bytes)).toBe(true);
  const { cache: other, dir: otherDir } = await open();
  const missing = 'f'.repeat(64);
  expect((await errorOf(() => other.get(missing))).code).toBe('GB_ARTIFACT_MISSING');
  mkdirSync(join(otherDir, 'ff'), { recursive: true });
  expect(readdirSync(join(otherDir, 'ff'))).toEqual([]);
});

test('kept within a size, what was not used for longest goes first', async () => {
  const dir = temporaryDir();
  const [first, second, third] = [await open(dir), await open(dir), await open(dir)];
  for (const { cache, hash } of [first, second, third]) {
    await cache.get(hash);
    await new Promise(resolve => setTimeout(resolve, 10));
  }
  await first.cache.get(first.hash);
  await pruneCache(dir, 25_000);
  expect([first, second, third].map(({ file }) => existsSync(file))).toEqual([true, false, true]);
  await pruneCache(dir, 0);
  await pruneCache(join(dir, 'missing'), 0);
  expect(existsSync(first.file)).toBe(false);
  expect((await first.cache.get(first.hash)).equals(first.bytes)).toBe(true);
});

test('many at once get the same', async () => {
  const { cache, hash, bytes } = await open();
  const all = await Promise.all(Array.from({ length: 8 }, () => cache.get(hash)));
  for (const got of all) expect(got.equals(bytes)).toBe(true);
});
