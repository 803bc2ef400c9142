/** A container as an instance. Docker knows how it ended, also where an earlier daemon started it. */
import type { Instance } from '../driver.ts';
import { copyLog } from './container-log.ts';
import { endContainer } from './containers.ts';
import type { EngineApi } from './engine-api.ts';

export interface Stopping {
  readonly graceMs: number;
  /** After it is gone. */
  readonly tidy: () => Promise<void>;
}

/** Where it has ended already, `ended` says so. */
export async function containerInstance(
  engine: EngineApi,
  id: string,
  logFile: string,
  { graceMs, tidy }: Stopping,
): Promise<Instance> {
  const { State } = (await engine.call('GET', `/containers/${id}/json`)) as Inspection;
  const ended = endOf(engine, id, logFile);
  return {
    pid: State.Pid,
    startedAt: State.StartedAt,
    ended,
    async stop() {
      await endContainer(engine, id, graceMs);
      await ended;
      await tidy();
    },
    kill() {
      engine.call('POST', `/containers/${id}/kill`, { tolerated: [404, 409] }).catch(() => undefined);
    },
    usage: () => usageOf(engine, id),
  };
}

interface Inspection {
  readonly State: { readonly Pid: number; readonly StartedAt: string };
}

/** Resolves when its last lines are in the log. */
async function endOf(engine: EngineApi, id: string, logFile: string): Promise<string> {
  const copied = copyLog(engine, id, logFile).catch(() => undefined);
  try {
    const { StatusCode: status } = (await engine.call('POST', `/containers/${id}/wait`)) as { StatusCode: number };
    await copied;
    return status === 137 ? 'SIGKILL' : `exit ${status}`;
  } catch {
    // The container was removed, or the engine itself has ended.
    return 'gone';
  }
}

/** What Docker measures for its own `docker stats`. */
interface Stats {
  readonly cpu_stats: { readonly cpu_usage: { readonly total_usage: number } };
  readonly memory_stats: { readonly usage?: number; readonly stats?: Readonly<Record<string, number>> };
}

async function usageOf(engine: EngineApi, id: string) {
  const path = `/containers/${id}/stats?stream=0&one-shot=1`;
  const stats = (await engine.call('GET', path, { tolerated: [404] })) as Stats | undefined;
  const { usage, stats: parts = {} } = stats?.memory_stats ?? {};
  if (stats === undefined || usage === undefined) return undefined;
  // Without the files that the kernel keeps in memory for it: the name differs between cgroup versions 1 and 2.
  const fileBytes = parts.total_inactive_file ?? parts.inactive_file ?? 0;
  return { memoryBytes: usage - fileBytes, cpuMs: stats.cpu_stats.cpu_usage.total_usage / 1e6 };
}
