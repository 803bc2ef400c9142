/** A cluster in a folder of its own, and what a measurement asks of it without any service between. */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { etcdClient } from '../../src/cluster/adapters/etcd/etcd-client.ts';
import { etcdObjects } from '../../src/cluster/adapters/etcd/etcd-objects.ts';
import { kafkaBus } from '../../src/cluster/adapters/kafka/bus.ts';
import { kafkaClient } from '../../src/cluster/adapters/kafka/kafka-client.ts';
import type { GatewayAddress } from '../../src/cluster/client/request.ts';
import type { WorkerOffer } from '../../src/cluster/contracts/cluster-objects.ts';
import { clusterDir } from '../../src/cluster/dev/cluster-folder.ts';
import { readApiKey } from '../../src/cluster/dev/state/api-key.ts';
import { readFacts } from '../../src/cluster/dev/state/facts.ts';
import type { Bus } from '../../src/cluster/ports/bus.ts';
import type { ObjectStore } from '../../src/cluster/ports/objects.ts';
import { WORKER_OFFERS } from '../../src/cluster/services/common/object-kinds.ts';
import { inFolder } from './folder.ts';

export interface BenchCluster {
  readonly project: string;
  readonly gateway: GatewayAddress;
  readonly bus: Bus;
  readonly offers: ObjectStore<WorkerOffer | undefined>;
}

const gobool = new URL('../../bin/gobool.js', import.meta.url).pathname;

/** `gobool ...args` in the project. Returns what it wrote. */
export function callIn(project: string, ...args: readonly string[]): string {
  const options = { cwd: project, encoding: 'utf8', stdio: 'pipe', maxBuffer: 2 ** 28 } as const;
  return execFileSync(process.execPath, [gobool, ...args], options);
}

/** `only`: components, and what they need; none: all. */
export async function withCluster<T>(
  name: string,
  only: readonly string[],
  measure: (cluster: BenchCluster) => Promise<T>,
): Promise<T> {
  const project = inFolder(name);
  mkdirSync(join(project, '.gobool'), { recursive: true });
  try {
    const parts = only.length === 0 ? [] : ['--only', only.join(',')];
    callIn(project, 'cluster', 'up', '--detach', '--any-port', ...parts);
    const dir = clusterDir(project, 'default');
    const { ports } = readFacts(dir);
    const gateway = { url: `http://127.0.0.1:${ports.gateway}`, key: readApiKey(dir) ?? '' };
    const bus = kafkaBus(
      kafkaClient({ brokers: [`127.0.0.1:${ports.kafka}`], clientId: 'bench', timeoutMs: 5_000, retries: 5 }),
    );
    const etcd = etcdClient(`http://127.0.0.1:${ports.etcd}`);
    const result = await measure({ project, gateway, bus, offers: etcdObjects(etcd, WORKER_OFFERS) });
    await bus.close();
    etcd.close();
    return result;
  } finally {
    callIn(project, 'cluster', 'down');
  }
}
