/** The engines as processes of this machine. */
import type { ComponentName } from '../component.ts';
import { connectEngine } from './engines/connect.ts';
import { etcdEngine } from './engines/etcd.ts';
import { kafkaEngine } from './engines/kafka.ts';
import { mongodbEngine } from './engines/mongodb.ts';
import { postgresEngine } from './engines/postgres.ts';
import { streamsEngine } from './engines/streams.ts';
import type { NativeEngine } from './native-engine.ts';

export const NATIVE_ENGINES: Readonly<Record<ComponentName, NativeEngine>> = {
  kafka: kafkaEngine,
  connect: connectEngine,
  streams: streamsEngine,
  mongodb: mongodbEngine,
  postgres: postgresEngine,
  etcd: etcdEngine,
};
