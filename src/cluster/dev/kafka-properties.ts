/**
 * `server.properties` of the one broker, which is its own controller (KRaft). The same settings natively and in Docker:
 * only folders and addresses differ. Sized for a laptop: few threads, small segments and caches, replication factor 1.
 */
import { toProperties } from './properties.ts';

/** `0.0.0.0:9092` or `127.0.0.1:29092` */
type Address = string;

export interface BrokerAddresses {
  readonly dataDir: string;
  /** The first one is for the cluster's own components; each is advertised to whoever comes in by it. */
  readonly listeners: readonly { readonly name: string; readonly bind: Address; readonly advertised: Address }[];
  /** Where the controller listens and is found. */
  readonly controller: Address;
}

const ONE_REPLICA = {
  'default.replication.factor': 1,
  'min.insync.replicas': 1,
  'offsets.topic.replication.factor': 1,
  'offsets.topic.num.partitions': 4,
  'offsets.topic.segment.bytes': 10_485_760,
  'transaction.state.log.replication.factor': 1,
  'transaction.state.log.min.isr': 1,
  'transaction.state.log.num.partitions': 4,
  'transaction.state.log.segment.bytes': 10_485_760,
  'share.coordinator.state.topic.replication.factor': 1,
  'share.coordinator.state.topic.min.isr': 1,
  'share.coordinator.state.topic.num.partitions': 4,
  'share.coordinator.state.topic.segment.bytes': 10_485_760,
};

const SMALL = {
  'num.network.threads': 2,
  'num.io.threads': 4,
  'background.threads': 2,
  'log.segment.bytes': 67_108_864,
  'log.cleaner.dedupe.buffer.size': 8_388_608,
};

/** A consumer joins at once; a broker that was killed is back after 6 s instead of 14. */
const QUICK = {
  'group.initial.rebalance.delay.ms': 0,
  'broker.session.timeout.ms': 3000,
  'broker.heartbeat.interval.ms': 1000,
};

export function serverProperties({ dataDir, listeners, controller }: BrokerAddresses): string {
  const names = [...listeners.map(({ name }) => name), 'CONTROLLER'];
  return toProperties({
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@${controller}`,
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': names[0] ?? '',
    listeners: [...listeners.map(({ name, bind }) => `${name}://${bind}`), `CONTROLLER://${controller}`].join(','),
    'advertised.listeners': listeners.map(({ name, advertised }) => `${name}://${advertised}`).join(','),
    'listener.security.protocol.map': names.map(name => `${name}:PLAINTEXT`).join(','),
    'log.dirs': dataDir,
    'auto.create.topics.enable': false,
    ...ONE_REPLICA,
    ...SMALL,
    ...QUICK,
  });
}
