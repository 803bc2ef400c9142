/**
 * The worker process. `GOBOOL_WORKER_CPU`: the processor to which its sandboxes are pinned; `GOBOOL_WORKER_UNSAFE=1`:
 * there are none, because a person said so.
 */
import { join } from 'node:path';
import { GoboolError } from '../../../runtime/base/error.ts';
import { etcdClient } from '../../adapters/etcd/etcd-client.ts';
import { etcdLeases } from '../../adapters/etcd/etcd-leases.ts';
import { kafkaBus } from '../../adapters/kafka/bus.ts';
import { kafkaClient } from '../../adapters/kafka/kafka-client.ts';
import { gridfsArtifacts } from '../../adapters/mongo/gridfs-artifacts.ts';
import { mongoClient } from '../../adapters/mongo/mongo-client.ts';
import { startSandbox } from '../../sandbox/start-sandbox.ts';
import { serviceMain } from '../common/service.ts';
import { artifactCache, CACHE_FOLDER } from './artifact-cache.ts';
import type { PoolNews } from './pool-news.ts';
import { runWorker } from './worker.ts';

const ENGINE_TIMEOUT_MS = 5_000;

/** It does not outlive the pool that started it. */
process.once('disconnect', () => process.exit(1));

function problemText(error: unknown): string {
  if (!(error instanceof GoboolError)) return String(error);
  const { code, message, hint = '' } = error;
  return `${code} ${message} ${hint}`.trim();
}

await serviceMain('worker', async ({ settings, log, signal }) => {
  const { GOBOOL_WORKER_CPU = '', GOBOOL_WORKER_UNSAFE } = process.env;
  const unsafe = GOBOOL_WORKER_UNSAFE === '1';
  const cpu = GOBOOL_WORKER_CPU === '' ? null : Number(GOBOOL_WORKER_CPU);
  const kafka = kafkaClient({
    brokers: [settings.kafka],
    clientId: 'worker',
    timeoutMs: ENGINE_TIMEOUT_MS,
    retries: 2,
  });
  const tell = (news: PoolNews) => new Promise<unknown>(resolve => process.send?.(news, resolve) ?? resolve(null));
  const onNews = (news: PoolNews) => void tell(news);
  const mongodb = gridfsArtifacts(mongoClient({ ...settings.mongodb, timeoutMs: ENGINE_TIMEOUT_MS }));
  await runWorker(
    {
      bus: kafkaBus(kafka),
      leases: etcdLeases(etcdClient(`http://${settings.etcd}`)),
      artifacts: artifactCache(join(settings.cacheDir, CACHE_FOLDER), mongodb, from => onNews({ type: 'read', from })),
      startSandbox: () => startSandbox({ unsafe, ...(cpu !== null && { cpu }) }),
    },
    {
      cpu,
      log,
      signal,
      onNews,
      die(error) {
        log.fatal({ err: error }, 'dies');
        process.exit(1);
      },
    },
  ).catch(async error => {
    await tell({ type: 'failed', problem: problemText(error) });
    throw error;
  });
});
