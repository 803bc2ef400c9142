/** What a fault may have left behind: processes of the victim, claims of workers that are no more. */
import { setTimeout as pause } from 'node:timers/promises';
import { type ClusterProcess, processText } from '../dev/native/cluster-processes.ts';
import { isRunning } from '../dev/native/process-table.ts';
import type { ObjectStore } from '../ports/objects.ts';

/** Leases of 6 s, and a machine that is busy. */
const GONE_WITHIN_MS = 20_000;
const LOOK_EVERY_MS = 250;

export interface WorkerKeys {
  /** By partition. */
  readonly claims: ObjectStore<{ readonly workerId: string } | undefined>;
  /** By worker. */
  readonly offers: ObjectStore<unknown>;
}

/** `doomed`: processes that should not have outlived the fault. One line for each that stayed. */
export async function orphansAfter(doomed: readonly ClusterProcess[], keys: WorkerKeys): Promise<readonly string[]> {
  const deadlineMs = performance.now() + GONE_WITHIN_MS;
  for (;;) {
    const left = [...doomed.filter(isRunning).map(processText), ...(await strayClaims(keys))];
    if (left.length === 0 || performance.now() > deadlineMs) return left;
    await pause(LOOK_EVERY_MS);
  }
}

async function strayClaims({ claims, offers }: WorkerKeys): Promise<readonly string[]> {
  const held = await claims.list();
  const workers = new Set((await offers.list()).map(({ key }) => key));
  return held
    .filter(({ value }) => value !== undefined && !workers.has(value.workerId))
    .map(({ key, value }) => `partition ${key}, claimed by ${value?.workerId}`);
}
