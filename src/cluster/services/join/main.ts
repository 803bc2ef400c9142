/** The process of the join service: the engines' adapters. */
import { etcdClient } from '../../adapters/etcd/etcd-client.ts';
import { etcdLeases } from '../../adapters/etcd/etcd-leases.ts';
import { kafkaBus } from '../../adapters/kafka/bus.ts';
import { kafkaClient } from '../../adapters/kafka/kafka-client.ts';
import { mongoDocuments } from '../../adapters/mongo/documents.ts';
import { gridfsArtifacts } from '../../adapters/mongo/gridfs-artifacts.ts';
import { mongoClient } from '../../adapters/mongo/mongo-client.ts';
import { ARTIFACTS_DATABASE, VIEWS_DATABASE } from '../../schema/mongodb-layout.ts';
import { serviceMain } from '../common/service.ts';
import type { FilingDocument } from './filing/file-task.ts';
import { join } from './join.ts';
import { viewsOf } from './store/views.ts';

const KAFKA = { clientId: 'join', timeoutMs: 5_000, retries: 5 } as const;
const MONGODB_TIMEOUT_MS = 2_000;
const FILINGS = 'filings';

await serviceMain('join', async context => {
  const { kafka, etcd: etcdAddress, mongodb } = context.settings;
  const bus = kafkaBus(kafkaClient({ ...KAFKA, brokers: [kafka] }));
  const mongo = mongoClient({ ...mongodb, timeoutMs: MONGODB_TIMEOUT_MS });
  const etcd = etcdClient(`http://${etcdAddress}`);
  const ports = {
    bus,
    views: viewsOf(collection => mongoDocuments(mongo, VIEWS_DATABASE, collection)),
    fresh: viewsOf(collection => mongoDocuments(mongo, VIEWS_DATABASE, `rebuild-${collection}`)),
    filings: mongoDocuments<FilingDocument>(mongo, ARTIFACTS_DATABASE, FILINGS),
    artifacts: gridfsArtifacts(mongo),
    leases: etcdLeases(etcd),
  };
  try {
    await join(ports, context);
  } finally {
    await Promise.all([bus.close(), mongo.close()]);
    etcd.close();
  }
});
