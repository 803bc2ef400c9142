import { expect, test } from 'vitest';
import { TASK_PARTITIONS } from '../../../../src/cluster/contracts/cluster-objects.ts';
import type { PooledWorker } from '../../../../src/cluster/services/worker/pool.ts';
import { poolMetrics } from '../../../../src/cluster/services/worker/pool-metrics.ts';

function worker(restarts: number, free?: boolean): PooledWorker {
  const place = { workerId: 'w', partition: TASK_PARTITIONS - 1, slot: 0, pid: 1, cpu: null, host: 'h' };
  return { cpu: null, pid: 1, restarts, problem: null, offer: free === undefined ? null : { ...place, free } };
}

test('tells what workers do, and what they did', async () => {
  const workers = [worker(0, true), worker(2, false), worker(3), worker(0, true)];
  const { metrics, onNews } = poolMetrics(() => workers);
  onNews({ type: 'ended', verdict: 'DONE' });
  onNews({ type: 'ended', verdict: 'DONE' });
  onNews({ type: 'ended', verdict: 'OOM' });
  onNews({ type: 'read', from: 'cache' });
  onNews({ type: 'used', cpuMs: 1_500, peakBytes: 100 * 2 ** 20 });
  onNews({ type: 'used', cpuMs: 500, peakBytes: 10 });
  const page = (await metrics.page()).split('\n');
  expect(page).toEqual(
    expect.arrayContaining([
      'gobool_worker_slots{state="starting",service="worker"} 1',
      'gobool_worker_slots{state="free",service="worker"} 2',
      'gobool_worker_slots{state="busy",service="worker"} 1',
      'gobool_worker_restarts_total{service="worker"} 5',
      'gobool_worker_tasks_total{verdict="DONE",service="worker"} 2',
      'gobool_worker_tasks_total{verdict="OOM",service="worker"} 1',
      'gobool_worker_sandbox_cpu_seconds_total{service="worker"} 2',
      'gobool_worker_sandbox_memory_bytes_bucket{le="67108864",service="worker"} 1',
      'gobool_worker_sandbox_memory_bytes_bucket{le="134217728",service="worker"} 2',
      'gobool_worker_artifact_reads_total{from="cache",service="worker"} 1',
      'gobool_worker_artifact_reads_total{from="cluster",service="worker"} 0',
    ]),
  );
});
