/**
 * Memory and processor time of an engine with all its processes. Memory is the proportional share (PSS) where the
 * kernel tells it: what several processes share is counted once, as with PostgreSQL's buffers. Elsewhere it is the
 * resident set.
 */
import { familyOf, listProcesses, type ProcessFacts, readProc } from './process-table.ts';

const KILOBYTE = 1024;
/** Reading all of /proc costs a few milliseconds; engines that are asked about together share one reading. */
const TABLE_AGE_MS = 500;

export interface Usage {
  readonly memoryBytes: number;
  /** Since their start. */
  readonly cpuMs: number;
}

/** Undefined once it is gone. */
export function usageOf({ pid, startedAt }: Pick<ProcessFacts, 'pid' | 'startedAt'>): Usage | undefined {
  const family = familyOf(pid, recentTable());
  if (!family.some(member => member.pid === pid && member.startedAt === startedAt)) return;
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return {
    memoryBytes: sum(family.map(member => memoryOf(member.pid))),
    cpuMs: sum(family.map(({ cpuMs }) => cpuMs)),
  };
}

let table: readonly ProcessFacts[] = [];
let readAtMs = -Infinity;

function recentTable(): readonly ProcessFacts[] {
  if (performance.now() - readAtMs > TABLE_AGE_MS) {
    table = listProcesses();
    readAtMs = performance.now();
  }
  return table;
}

/** Bytes: its proportional share, else its resident set; 0 once it is gone. */
export function memoryOf(pid: number): number {
  const proportional = /^Pss:\s+(\d+) kB/m.exec(readProc(pid, 'smaps_rollup') ?? '');
  const resident = proportional ?? /^VmRSS:\s+(\d+) kB/m.exec(readProc(pid, 'status') ?? '');
  return Number(resident?.[1] ?? 0) * KILOBYTE;
}
