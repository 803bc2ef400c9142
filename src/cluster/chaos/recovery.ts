/** Waits until a cluster is what it was before a fault. */
import { setTimeout as pause } from 'node:timers/promises';
import type { ClusterStatus } from '../dev/cluster-status.ts';
import type { ComponentName } from '../dev/component.ts';
import { readStatus } from '../dev/control/read-status.ts';

const LOOK_EVERY_MS = 100;

export interface Watched {
  readonly projectDir: string;
  readonly name: string;
  readonly components: readonly ComponentName[];
  readonly signal: AbortSignal;
}

/** Resolves to how many milliseconds it took until all is healthy and `isSo`; to nothing where it took too long. */
export async function untilHealthy(
  { projectDir, name, components, signal }: Watched,
  withinMs: number,
  isSo: (status: ClusterStatus) => boolean = () => true,
): Promise<number | undefined> {
  const startMs = performance.now();
  for (;;) {
    signal.throwIfAborted();
    const status = await readStatus(projectDir, name);
    const passedMs = performance.now() - startMs;
    if (areHealthy(status, components) && isSo(status)) return passedMs;
    if (passedMs > withinMs) return undefined;
    await pause(LOOK_EVERY_MS);
  }
}

const areHealthy = (status: ClusterStatus, names: readonly ComponentName[]): boolean =>
  status.components.every(({ name, state }) => state === 'healthy' || !names.includes(name));
