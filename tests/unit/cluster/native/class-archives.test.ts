import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { FetchContext } from '../../../../src/cluster/dev/fetch/fetch-context.ts';
import type { JavaInstall, ProgramInstall } from '../../../../src/cluster/dev/fetch/install.ts';
import { withClassArchive } from '../../../../src/cluster/dev/native/class-archives.ts';
import { temporaryDir } from '../../../helpers/temporary-dir.ts';

const ORIGIN = { version: '1', route: 'cache', location: '/engine' } as const;
const PROGRAM: ProgramInstall = { ...ORIGIN, kind: 'program', program: '/engine/etcd' };
const BROKEN: JavaInstall = { ...ORIGIN, kind: 'java', java: '/bin/false', javaVersion: '17', classPath: [] };

function contextIn(cacheDir: string, signal: AbortSignal): FetchContext & { readonly steps: string[] } {
  const steps: string[] = [];
  return { env: {}, cacheDir, signal, onProgress: ({ step }) => steps.push(step), steps };
}

test('what is no JVM has no archive', async () => {
  const cacheDir = temporaryDir();
  expect(await withClassArchive('etcd', PROGRAM, contextIn(cacheDir, AbortSignal.timeout(5000)))).toBe(PROGRAM);
  expect(readdirSync(cacheDir)).toEqual([]);
});

test('an engine whose training fails starts without an archive, and says so', async () => {
  const cacheDir = temporaryDir();
  const context = contextIn(cacheDir, AbortSignal.timeout(5000));
  expect(await withClassArchive('kafka', BROKEN, context)).toBe(BROKEN);
  expect(context.steps.at(-1)).toMatch(/^kafka will start more slowly, without a class archive: The storage tool/);
  const left = readdirSync(cacheDir, { recursive: true }).map(name => join(cacheDir, String(name)));
  expect(left.filter(path => /\.jsa$|scratch/.test(path))).toEqual([]);
});

test('an aborted training throws the reason', async () => {
  const reason = new Error('enough');
  const context = contextIn(temporaryDir(), AbortSignal.abort(reason));
  await expect(withClassArchive('kafka', BROKEN, context)).rejects.toBe(reason);
});
