/**
 * Brings an engine or a service onto this machine: an explicit path (`GOBOOL_KAFKA` and its like), PATH, the cache,
 * else a fetch into the cache through the package client of its ecosystem. Nothing outside the cache is changed.
 */
import type { ComponentName } from '../component.ts';
import { connectJars } from './connect.ts';
import { etcdEngine } from './etcd.ts';
import type { FetchContext } from './fetch-context.ts';
import type { Install } from './install.ts';
import { jvmInstall } from './jvm-engine.ts';
import { kafkaJars } from './kafka.ts';
import { mongodbEngine } from './mongodb.ts';
import { ownInstall } from './own.ts';
import { postgresEngine } from './postgres.ts';
import { programInstall } from './program-engine.ts';
import { streamsInstall } from './streams.ts';

const INSTALLERS: Readonly<Record<ComponentName, (context: FetchContext) => Promise<Install>>> = {
  kafka: context => jvmInstall(kafkaJars, context),
  connect: context => jvmInstall(connectJars, context),
  streams: streamsInstall,
  mongodb: context => programInstall(mongodbEngine, context),
  postgres: context => programInstall(postgresEngine, context),
  etcd: context => programInstall(etcdEngine, context),
  gateway: async context => ownInstall('gateway', context),
  command: async context => ownInstall('command', context),
  worker: async context => ownInstall('worker', context),
  join: async context => ownInstall('join', context),
};

/**
 * At once where the engine is there. Safe to interrupt at any moment and to run twice at once. Throws a coded error
 * with what to install, or the signal's reason.
 */
export const fetchEngine = (name: ComponentName, context: FetchContext): Promise<Install> => INSTALLERS[name](context);
