/**
 * What the kernel says about processes, read from /proc. A process that ended and was not waited for (a zombie)
 * counts as gone. Linux only: elsewhere there is no /proc, and every answer is empty.
 */
import { readdirSync, readFileSync } from 'node:fs';

export interface ProcessFacts {
  readonly pid: number;
  readonly parentPid: number;
  /** Process group; equal to `pid` in the process that leads it. */
  readonly groupId: number;
  /** Start time in ticks since boot: with the pid it names one process for as long as the machine runs. */
  readonly startedAt: string;
  /** Time on processors so far, with that of children that ended. */
  readonly cpuMs: number;
}

/** The kernel counts time for programs in hundredths of a second on every architecture that Node runs on. */
const TICK_MS = 10;

/** Undefined where there is no such process. */
export function readProcess(pid: number): ProcessFacts | undefined {
  const text = readProc(pid, 'stat');
  if (text === undefined) return;
  // The name stands in parentheses and may hold anything, so the fields are counted from its end.
  const [state, parent, group, ...fields] = text.slice(text.lastIndexOf(')') + 2).split(' ');
  if (state === 'Z' || state === 'X') return;
  const [user, system, childUser, childSystem] = fields.slice(8, 12).map(Number);
  return {
    pid,
    parentPid: Number(parent),
    groupId: Number(group),
    startedAt: fields[16] ?? '',
    cpuMs: ((user ?? 0) + (system ?? 0) + (childUser ?? 0) + (childSystem ?? 0)) * TICK_MS,
  };
}

export function listProcesses(): readonly ProcessFacts[] {
  return processIds().flatMap(pid => readProcess(pid) ?? []);
}

export function processIds(): readonly number[] {
  try {
    return readdirSync('/proc')
      .filter(name => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}

/** Whether this very process still runs, and not another one that was given its number. */
export function isRunning({ pid, startedAt }: { readonly pid: number; readonly startedAt: string }): boolean {
  return readProcess(pid)?.startedAt === startedAt;
}

/**
 * The members of the process group, and everything that descends from its leader: PostgreSQL's children leave the
 * group.
 */
export function familyOf(leader: number, table: readonly ProcessFacts[]): readonly ProcessFacts[] {
  const family = new Set([leader]);
  for (let size = 0; size < family.size; ) {
    size = family.size;
    for (const { pid, parentPid, groupId } of table) if (groupId === leader || family.has(parentPid)) family.add(pid);
  }
  return table.filter(({ pid }) => family.has(pid));
}

/** The environment with which it was started, `NAME=value` each; empty where it may not be read. */
export function environmentOf(pid: number): readonly string[] {
  return readProc(pid, 'environ')?.split('\0') ?? [];
}

/** `java`, `postgres`. */
export function programOf(pid: number): string {
  return readProc(pid, 'comm')?.trim() ?? 'process';
}

/** A file of `/proc/<pid>`; undefined where the process is gone or belongs to somebody else. */
export function readProc(pid: number, file: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return;
  }
}
