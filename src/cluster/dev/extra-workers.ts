/**
 * More workers for a cluster of this machine, beside its own: another pool, which ends with whoever started it. It does
 * not carry the cluster's mark, so that no daemon takes it for the component.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { GoboolError } from '../../runtime/base/error.ts';
import type { ClusterFacts } from './cluster-facts.ts';
import { configDir, dataDir } from './cluster-folder.ts';
import { ownInstall } from './fetch/own.ts';
import { SERVICE_FLAGS } from './native/engines/services.ts';
import { serviceSettings } from './service-settings.ts';
import { writeSecretFile } from './write-secret-file.ts';

export interface ExtraWorkersOptions {
  /** Absent: one for each processor. */
  readonly slots?: number;
  /** Without sandboxes, where a person says so. */
  readonly isUnsafe: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Lines of their logs. */
  readonly onLine: (line: string) => void;
  /** Lets them give back what they run and end. */
  readonly signal: AbortSignal;
}

/** Resolves when they have ended, after the signal. Throws `GB_CLUSTER_FAILED` where they end before. */
export async function runExtraWorkers(facts: ClusterFacts, options: ExtraWorkersOptions): Promise<void> {
  const { slots, isUnsafe, env, onLine, signal } = options;
  const { location, compileCache } = ownInstall('worker', { env });
  await using file = await settingsFile(facts);
  const pool = spawn(process.execPath, [...SERVICE_FLAGS, location, file.path], {
    env: {
      ...env,
      NODE_COMPILE_CACHE: compileCache,
      ...(slots !== undefined && { GOBOOL_WORKER_SLOTS: String(slots) }),
      ...(isUnsafe && { GOBOOL_WORKER_UNSAFE: '1' }),
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  for (const stream of [pool.stdout, pool.stderr]) if (stream !== null) createInterface(stream).on('line', onLine);
  const stop = () => pool.kill('SIGTERM');
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  const [code, name] = await once(pool, 'close');
  if (!signal.aborted) throw new GoboolError('GB_CLUSTER_FAILED', `The pool of workers ended with ${code ?? name}.`);
}

/** It holds passwords, and is gone when they are. */
async function settingsFile(facts: ClusterFacts) {
  const path = join(configDir(facts.dir, 'worker'), `extra-${process.pid}.json`);
  const settings = { ...serviceSettings('worker', facts), port: 0 };
  await mkdir(dataDir(facts.dir, 'worker'), { recursive: true });
  writeSecretFile(path, JSON.stringify(settings, null, 2));
  return { path, [Symbol.asyncDispose]: () => rm(path, { force: true }) };
}
