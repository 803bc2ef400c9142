/**
 * `live.json`: what runs now. A hint for whoever looks: after a kill -9 it is stale, so a process that it names
 * counts only when its start time agrees, and a file that cannot be read counts as none.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileAtomic } from '../../../runtime/host/files.ts';
import type { ComponentName } from '../component.ts';
import { readText } from './cluster-record.ts';

interface LiveProcess {
  readonly pid: number;
  /** Kernel's start time; empty where the system does not tell. */
  readonly startedAt: string;
}

export interface LiveRecord {
  readonly daemon: LiveProcess;
  /** Path of the control socket. */
  readonly socket: string;
  readonly processes: Readonly<Partial<Record<ComponentName, LiveProcess>>>;
}

/** Held by the daemon for as long as it lives. */
export const lockFile = (dir: string) => join(dir, 'daemon.lock');

export const liveFile = (dir: string) => join(dir, 'live.json');

export function readLive(dir: string): LiveRecord | undefined {
  try {
    const live: Partial<LiveRecord> = JSON.parse(readText(liveFile(dir)) ?? '{}');
    const { daemon, socket, processes = {} } = live;
    return daemon === undefined || socket === undefined ? undefined : { daemon, socket, processes };
  } catch {
    return;
  }
}

export function writeLive(dir: string, live: LiveRecord): void {
  writeFileAtomic(liveFile(dir), [Buffer.from(`${JSON.stringify(live, null, 2)}\n`)]);
}

export function removeLive(dir: string): void {
  rmSync(liveFile(dir), { force: true });
}
