/** The process of the gateway: the engines' adapters, one HTTP server on loopback, its entry in etcd. */
import type { AddressInfo } from 'node:net';
import { etcdClient } from '../../adapters/etcd/etcd-client.ts';
import { etcdLeases } from '../../adapters/etcd/etcd-leases.ts';
import { etcdObjects } from '../../adapters/etcd/etcd-objects.ts';
import { kafkaBus } from '../../adapters/kafka/bus.ts';
import { kafkaClient } from '../../adapters/kafka/kafka-client.ts';
import { gridfsArtifacts } from '../../adapters/mongo/gridfs-artifacts.ts';
import { mongoClient } from '../../adapters/mongo/mongo-client.ts';
import { API_KEYS, SECRETS, SERVICE_ENDPOINTS, WORKER_OFFERS } from '../common/object-kinds.ts';
import { keepRegistered } from '../common/register-service.ts';
import { type ServiceContext, serviceMain } from '../common/service.ts';
import { gatewayApp } from './app.ts';
import { auditLog } from './audit.ts';
import { KeyRing } from './key-ring.ts';
import { LIMITS } from './limits.ts';
import { Replicas } from './replicas.ts';

const HOST = '127.0.0.1';
/** Together with the retries: how long somebody waits to hear that Kafka is away. */
const KAFKA = { timeoutMs: 2_000, retries: 2 };
/** Who uploads hears of its absence soon; a disk may be slow. */
const MONGODB = { timeoutMs: 1_800, silenceMs: 5_000 };

await serviceMain('gateway', async ({ settings, log, signal }: ServiceContext) => {
  const etcd = etcdClient(`http://${settings.etcd}`);
  const bus = kafkaBus(kafkaClient({ brokers: [settings.kafka], clientId: 'gobool-gateway', ...KAFKA }));
  const mongo = mongoClient({ ...settings.mongodb, ...MONGODB });
  const endpoints = etcdObjects(etcd, SERVICE_ENDPOINTS);
  const keyStores = { keys: etcdObjects(etcd, API_KEYS), secrets: etcdObjects(etcd, SECRETS) };
  const keys = new KeyRing(keyStores);
  const [joins, commands] = [new Replicas(endpoints, 'join'), new Replicas(endpoints, 'command')];
  const checks = {
    kafka: () => bus.publish('probe', [{ value: 'gateway' }]),
    etcd: () => endpoints.list('gateway/'),
    join: () => joins.ask('/health', {}),
  };
  const app = gatewayApp({
    keys,
    keyStores,
    artifacts: gridfsArtifacts(mongo),
    bus,
    joins,
    commands,
    offers: etcdObjects(etcd, WORKER_OFFERS),
    limits: { ...LIMITS, ...(settings.pendingTasks !== undefined && { pendingTasks: settings.pendingTasks }) },
    checks,
    log,
    audit: auditLog(settings.auditFile, log),
    signal,
  });
  await app.listen({ host: HOST, port: settings.port });
  const url = `http://${HOST}:${(app.server.address() as AddressInfo).port}`;
  const registered = keepRegistered({
    leases: etcdLeases(etcd),
    name: 'gateway',
    endpoint: { url, pid: process.pid },
    log,
    signal,
  });
  await Promise.all([registered, keys.watch(signal), joins.watch(signal), commands.watch(signal)]);
  await app.close();
  await Promise.all([bus.close(), mongo.close()]);
  etcd.close();
});
