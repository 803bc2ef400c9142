/** What a process and all that came of it take, as Linux counts it; nothing where there is no `/proc`. */
import { readdirSync, readFileSync } from 'node:fs';

export interface ProcessUsage {
  readonly processes: number;
  readonly threads: number;
  /** Memory of their own: not files that others read too. */
  readonly bytes: number;
  /** Processor time since they started, also of their children that have ended. */
  readonly cpuMs: number;
}

/** What the kernel counts processor time in, whatever it does inside. */
const TICK_MS = 10;

/** `maxProcesses`: counts no further. */
export function usageOf(pid: number, maxProcesses: number): ProcessUsage {
  const waiting = [pid];
  let [processes, threads, bytes, cpuMs] = [0, 0, 0, 0];
  for (let next = waiting.pop(); next !== undefined && processes <= maxProcesses; next = waiting.pop()) {
    const tasks = tasksOf(next);
    if (tasks.length === 0) continue;
    processes++;
    threads += tasks.length;
    bytes += bytesOf(next);
    cpuMs += cpuMsOf(next);
    for (const task of tasks) waiting.push(...childrenOf(next, task));
  }
  return { processes, threads, bytes, cpuMs };
}

function tasksOf(pid: number): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

function childrenOf(pid: number, task: string): readonly number[] {
  return textOf(`/proc/${pid}/task/${task}/children`).split(' ').filter(Boolean).map(Number);
}

/** A process that ended in the meantime takes nothing. */
function bytesOf(pid: number): number {
  const status = textOf(`/proc/${pid}/status`);
  const kilobytes = [...status.matchAll(/^Rss(?:Anon|Shmem):\s+(\d+) kB$/gm)].map(([, count]) => Number(count));
  return 1_024 * kilobytes.reduce((sum, count) => sum + count, 0);
}

/** The name, which stands in parentheses, may hold anything. */
function cpuMsOf(pid: number): number {
  const fields = textOf(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ').slice(11, 15) ?? [];
  return TICK_MS * fields.map(Number).reduce((sum, ticks) => sum + ticks, 0);
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
