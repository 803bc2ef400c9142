import { existsSync, readdirSync } from 'node:fs';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { engineCache, type FetchContext } from '../../src/cluster/dev/fetch/fetch-context.ts';
import { fetchEngine } from '../../src/cluster/dev/fetch/fetch-engine.ts';
import type { JavaInstall } from '../../src/cluster/dev/fetch/install.ts';
import { withClassArchive } from '../../src/cluster/dev/native/class-archives.ts';
import { javaCommand } from '../../src/cluster/dev/native/java-command.ts';
import { processesOf } from '../helpers/leaks.ts';
import { temporaryDir } from '../helpers/temporary-dir.ts';

const contextIn = (cacheDir: string, signal: AbortSignal): FetchContext => ({
  env: process.env,
  cacheDir,
  signal,
  onProgress: () => {},
});
const patient = () => AbortSignal.timeout(110_000);

async function kafkaInstall(): Promise<JavaInstall> {
  const install = await fetchEngine('kafka', contextIn(engineCache(process.env), patient()));
  expect(install.kind).toBe('java');
  return install as JavaInstall;
}

test('two at once make one archive, which the JVM takes; the next one finds it', async () => {
  const cacheDir = temporaryDir();
  const install = await kafkaInstall();
  const make = () => withClassArchive('kafka', install, contextIn(cacheDir, patient()));
  const [first, second] = (await Promise.all([make(), make()])) as JavaInstall[];
  expect(second).toEqual(first);
  expect(existsSync(first!.classArchive!)).toBe(true);
  expect(processesOf(cacheDir)).toEqual([]);
  const started = performance.now();
  expect(await make()).toEqual(first);
  expect(performance.now() - started).toBeLessThan(500);
  // With `-Xshare:on` a JVM refuses to start without its archive.
  const main = { mainClass: 'kafka.tools.StorageTool', args: ['random-uuid'], flags: ['-Xshare:on'] };
  const { program, args } = javaCommand(first!, main);
  expect((await execa(program, args)).stdout.trim()).toMatch(/^[\w-]{22}$/);
});

test('one that is interrupted leaves no process and no archive', async () => {
  const cacheDir = temporaryDir();
  const install = await kafkaInstall();
  const interrupt = new AbortController();
  const making = withClassArchive('kafka', install, contextIn(cacheDir, interrupt.signal));
  making.catch(() => {});
  await expect
    .poll(() => processesOf(cacheDir).filter(text => text.includes('ArchiveClassesAtExit')).length, { timeout: 60_000 })
    .toBe(1);
  interrupt.abort(new Error('Ctrl-C'));
  await expect(making).rejects.toThrow('Ctrl-C');
  expect(processesOf(cacheDir)).toEqual([]);
  expect(readdirSync(cacheDir, { recursive: true }).filter(path => /jsa|scratch/.test(String(path)))).toEqual([]);
});
