/**
 * A worker, or a pool of them, as a process of its own, and what it says on its output. Whatever runs at the end of
 * the test is killed.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { ServiceSettings } from '../../src/cluster/services/common/settings.ts';
import { temporaryDir } from './temporary-dir.ts';

const mainOf = (name: 'main' | 'pool-main') =>
  fileURLToPath(new URL(`../../src/cluster/services/worker/${name}.ts`, import.meta.url));

export interface WorkerProcess {
  readonly pid: number;
  readonly child: ChildProcess;
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
  readonly log: () => string;
}

type Environment = Readonly<Record<string, string>>;

export const workerProcess = (settings: ServiceSettings, env: Environment = {}) => start('main', settings, env);

export const poolProcess = (settings: ServiceSettings, env: Environment = {}) => start('pool-main', settings, env);

function start(name: 'main' | 'pool-main', settings: ServiceSettings, env: Environment): WorkerProcess {
  const folder = temporaryDir();
  const file = join(folder, 'settings.json');
  writeFileSync(file, JSON.stringify({ ...settings, cacheDir: join(folder, 'cache') }), { mode: 0o600 });
  const child = spawn(process.execPath, ['--disable-warning=TimeoutNegativeWarning', mainOf(name), file], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', data => (log += data));
  const ended = once(child, 'exit').then(([code, signal]) => code ?? signal);
  onTestFinished(async () => {
    child.kill('SIGCONT');
    child.kill('SIGKILL');
    await ended;
  });
  return { pid: child.pid!, child, ended, log: () => log };
}
