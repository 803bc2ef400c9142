/** A partition of topic `tasks` for one worker alone, as long as its lease lives. */
import { TASK_PARTITIONS } from '../../contracts/cluster-objects.ts';
import type { Lease } from '../../ports/leases.ts';
import { ETCD_KEYS } from '../../schema/etcd-layout.ts';

/** Resolves to nothing where all are taken. In random order, so that many that start at once seldom meet. */
export async function claimPartition(lease: Lease, workerId: string): Promise<number | undefined> {
  for (const partition of shuffled(TASK_PARTITIONS))
    if ((await lease.claim(ETCD_KEYS.partitions + partition, { workerId })) !== undefined) return partition;
  return undefined;
}

function shuffled(count: number): readonly number[] {
  const keyed = Array.from({ length: count }, (_, number) => ({ number, key: Math.random() }));
  return keyed.sort((a, b) => a.key - b.key).map(({ number }) => number);
}
