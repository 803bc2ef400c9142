/**
 * Real fetches into an empty cache, through the registries' own clients. The small ones; the rest differ by their
 * client.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { cachedFolder } from '../../src/cluster/dev/fetch/cached-folder.ts';
import type { FetchContext } from '../../src/cluster/dev/fetch/fetch-context.ts';
import { fetchEngine } from '../../src/cluster/dev/fetch/fetch-engine.ts';
import { damageIn } from '../../src/cluster/dev/fetch/manifest.ts';
import { postgresEngine } from '../../src/cluster/dev/fetch/postgres.ts';
import { temporaryDir } from '../helpers/temporary-dir.ts';

function emptyCache(): FetchContext & { readonly steps: readonly string[] } {
  const steps: string[] = [];
  const onProgress = ({ step }: { readonly step: string }) => steps.push(step);
  return { env: process.env, cacheDir: temporaryDir(), onProgress, signal: AbortSignal.timeout(110_000), steps };
}

test('PostgreSQL comes through npm, starts, and is whole', async () => {
  const context = emptyCache();
  const folder = await cachedFolder(postgresEngine.recipe(), context);
  const { stdout } = await execa(join(folder, 'bin/postgres'), ['--version']);
  expect(stdout).toMatch(/PostgreSQL\) 18\./);
  expect(readdirSync(join(folder, 'bin'))).toContain('initdb');
  expect(await damageIn(folder, 'thorough')).toBeUndefined();
  expect(readdirSync(join(context.cacheDir, 'work'))).toEqual([]);
});

test('Streams comes through Maven, jar by jar, and its app is compiled', async () => {
  const context = emptyCache();
  const install = await fetchEngine('streams', context);
  expect(install).toMatchObject({ kind: 'java', route: 'cache', version: '4.2.0' });
  expect(install.kind === 'java' && install.classPath).toHaveLength(11);
  expect(context.steps).toContain('downloading 0 of 10 jars');
  expect(context.steps).toContain('downloading 10 of 10 jars');
  expect(context.steps).toContain('compiling the Streams app');
});
