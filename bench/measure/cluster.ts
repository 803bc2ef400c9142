/** The local cluster: its own life, one task, a sweep, and how fast tasks are dispatched. */
import { withCluster } from '../lib/bench-cluster.ts';
import type { Row } from '../lib/row.ts';
import { measureDispatch } from './cluster/dispatch.ts';
import { measureLife } from './cluster/life.ts';
import { measureSweepOn } from './cluster/sweep.ts';
import { measureTask } from './cluster/task.ts';

export async function measureCluster(): Promise<Row[]> {
  return [
    ...(await measureLife()),
    ...(await withCluster('whole', [], async cluster => [
      ...(await measureTask(cluster)),
      ...(await measureSweepOn(cluster)),
    ])),
    // Without real workers, which would take the tasks.
    ...(await withCluster('dispatch', ['command'], measureDispatch)),
  ];
}
