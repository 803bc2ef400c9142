/**
 * Several workers on one machine, each a process of its own with a processor of its own. One that ends is followed by
 * another, after a pause that grows while they end soon.
 */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { WorkerOffer } from '../../contracts/cluster-objects.ts';
import type { PoolNews, TaskNews } from './pool-news.ts';

export interface PoolOptions {
  /** One worker for each; null: pinned to none. */
  readonly cpus: readonly (number | null)[];
  /** Its messages are `PoolNews`. */
  readonly start: (cpu: number | null) => ChildProcess;
  readonly onNews: (news: TaskNews) => void;
  readonly log: Logger;
  /** Ends the workers by SIGTERM; those that stay too long by SIGKILL. */
  readonly signal: AbortSignal;
}

export interface PooledWorker {
  readonly cpu: number | null;
  /** Null between two processes. */
  readonly pid: number | null;
  readonly restarts: number;
  /** Null until it listens. */
  readonly offer: WorkerOffer | null;
  /** What the process before this one ended by, until this one listens. */
  readonly problem: string | null;
}

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;
/** One that lived for so long did not fail to start. */
const SETTLED_MS = 10_000;
const STOP_GRACE_MS = 9_000;

export interface Pool {
  readonly workers: () => readonly PooledWorker[];
  /** Resolves when all have ended, after the signal. */
  readonly ended: Promise<void>;
}

export function startPool(options: PoolOptions): Pool {
  const workers = options.cpus.map(
    (cpu): PooledWorker => ({ cpu, pid: null, restarts: 0, offer: null, problem: null }),
  );
  const keep = async (worker: PooledWorker, i: number) => {
    await keepRunning(worker, options, changed => {
      workers[i] = changed;
    });
  };
  const ended = Promise.all(workers.map(keep)).then(() => {});
  return { workers: () => workers, ended };
}

async function keepRunning(
  worker: PooledWorker,
  { start, onNews, log, signal }: PoolOptions,
  change: (worker: PooledWorker) => void,
): Promise<void> {
  const { cpu } = worker;
  let problem: string | null = null;
  for (let restarts = 0, pauseMs = FIRST_PAUSE_MS; !signal.aborted; restarts++) {
    const startMs = performance.now();
    const child = start(cpu);
    const running = { cpu, pid: child.pid ?? null, restarts };
    change({ ...running, offer: null, problem });
    child.on('message', message => {
      const news = message as PoolNews;
      if (news.type === 'failed') problem = news.problem;
      else if (news.type !== 'offer') onNews(news);
      else {
        problem = null;
        change({ ...running, offer: news.offer, problem });
      }
    });
    const how = await ending(child, signal);
    change({ cpu, pid: null, restarts: restarts + 1, offer: null, problem });
    if (signal.aborted) return;
    log.warn({ cpu, pid: child.pid, how, pauseMs }, 'a worker ended');
    if (performance.now() - startMs > SETTLED_MS) pauseMs = FIRST_PAUSE_MS;
    await pause(pauseMs, undefined, { signal }).catch(() => {});
    pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
  }
}

/** Its exit code, the signal that ended it, or why it never ran. */
async function ending(child: ChildProcess, signal: AbortSignal): Promise<string | number> {
  const stop = () => {
    child.kill('SIGTERM');
    setTimeout(() => child.kill('SIGKILL'), STOP_GRACE_MS).unref();
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    const [code, name] = await once(child, 'exit');
    return code ?? name;
  } catch (error) {
    return String(error);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
