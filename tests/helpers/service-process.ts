/**
 * One of gobool's services as a process of its own, and what it says. Whatever runs at the end of the test is ended, so
 * that it leaves its groups, or else killed.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { ServiceName } from '../../src/cluster/dev/component.ts';
import type { ServiceSettings } from '../../src/cluster/services/common/settings.ts';
import { temporaryDir } from './temporary-dir.ts';

const GRACE_MS = 5_000;

export interface ServiceProcess {
  readonly pid: number;
  readonly child: ChildProcess;
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
  readonly log: () => string;
}

export function serviceProcess(
  name: ServiceName,
  settings: ServiceSettings,
  env: Readonly<Record<string, string>> = {},
): ServiceProcess {
  const folder = temporaryDir();
  const file = join(folder, 'settings.json');
  const main = fileURLToPath(new URL(`../../src/cluster/services/${name}/main.ts`, import.meta.url));
  writeFileSync(file, JSON.stringify({ ...settings, cacheDir: join(folder, 'cache') }), { mode: 0o600 });
  const child = spawn(process.execPath, ['--disable-warning=TimeoutNegativeWarning', main, file], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (log += data));
  const ended = once(child, 'exit').then(([code, signal]) => code ?? signal);
  onTestFinished(async () => {
    child.kill('SIGCONT');
    child.kill('SIGTERM');
    const overdue = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
    await ended;
    clearTimeout(overdue);
  });
  return { pid: child.pid ?? 0, child, ended, log: () => log };
}
