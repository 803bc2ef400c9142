/** The engines and services as processes of this machine. */
import type { ComponentName } from '../component.ts';
import { connectEngine } from './engines/connect.ts';
import { etcdEngine } from './engines/etcd.ts';
import { kafkaEngine } from './engines/kafka.ts';
import { mongodbEngine } from './engines/mongodb.ts';
import { postgresEngine } from './engines/postgres.ts';
import { serviceEngine } from './engines/services.ts';
import { streamsEngine } from './engines/streams.ts';
import type { NativeEngine } from './native-engine.ts';

export const NATIVE_ENGINES: Readonly<Record<ComponentName, NativeEngine>> = {
  kafka: kafkaEngine,
  connect: connectEngine,
  streams: streamsEngine,
  mongodb: mongodbEngine,
  postgres: postgresEngine,
  etcd: etcdEngine,
  gateway: serviceEngine('gateway'),
  command: serviceEngine('command'),
  worker: serviceEngine('worker'),
  join: serviceEngine('join'),
};
