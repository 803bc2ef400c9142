/** The metrics of a pool of workers; docs/observability.md lists them. */
import { Metrics } from '../common/metrics.ts';
import type { PooledWorker } from './pool.ts';
import type { TaskNews } from './pool-news.ts';

const MEGABYTE = 2 ** 20;
const MEMORY_BYTES = [64, 128, 256, 512, 1_024, 2_048].map(megabytes => megabytes * MEGABYTE);

export interface PoolMetrics {
  readonly metrics: Metrics;
  readonly onNews: (news: TaskNews) => void;
}

export function poolMetrics(workers: () => readonly PooledWorker[]): PoolMetrics {
  const metrics = new Metrics('worker');
  const ended: Record<string, number> = {};
  const reads = { cache: 0, cluster: 0 };
  let sandboxCpuMs = 0;
  metrics.gauge('gobool_worker_slots', 'Workers, by what they do.', () => slotsOf(workers()), 'state');
  metrics.counter('gobool_worker_restarts_total', 'Workers that ended and were followed by another.', () =>
    workers().reduce((sum, { restarts }) => sum + restarts, 0),
  );
  metrics.counter('gobool_worker_tasks_total', 'Attempts that ended, by how.', () => ended, 'verdict');
  metrics.counter(
    'gobool_worker_sandbox_cpu_seconds_total',
    'Processor time of sandboxes that ended.',
    () => sandboxCpuMs / 1_000,
  );
  const memory = metrics.histogram(
    'gobool_worker_sandbox_memory_bytes',
    'The most memory that a sandbox had at once.',
    MEMORY_BYTES,
    [],
  );
  metrics.counter('gobool_worker_artifact_reads_total', 'Artifacts read, by where they were.', () => reads, 'from');

  const onNews = (news: TaskNews): void => {
    switch (news.type) {
      case 'ended':
        ended[news.verdict] = (ended[news.verdict] ?? 0) + 1;
        return;
      case 'read':
        reads[news.from]++;
        return;
      case 'used':
        sandboxCpuMs += news.cpuMs;
        memory.observe(news.peakBytes);
    }
  };
  return { metrics, onNews };
}

function slotsOf(workers: readonly PooledWorker[]) {
  const count = (isSo: (worker: PooledWorker) => boolean) => workers.filter(isSo).length;
  return {
    starting: count(({ offer }) => offer === null),
    free: count(({ offer }) => offer?.free === true),
    busy: count(({ offer }) => offer?.free === false),
  };
}
