/** The components of the local cluster, in the order of reports. */
import type { Component } from './component.ts';
import { commandComponent } from './components/command.ts';
import { connectComponent } from './components/connect.ts';
import { etcdComponent } from './components/etcd.ts';
import { gatewayComponent } from './components/gateway.ts';
import { joinComponent } from './components/join.ts';
import { kafkaComponent } from './components/kafka.ts';
import { mongodbComponent } from './components/mongodb.ts';
import { postgresComponent } from './components/postgres.ts';
import { streamsComponent } from './components/streams.ts';
import { workerComponent } from './components/worker.ts';

export const COMPONENTS: readonly Component[] = [
  kafkaComponent,
  connectComponent,
  streamsComponent,
  mongodbComponent,
  postgresComponent,
  etcdComponent,
  gatewayComponent,
  commandComponent,
  workerComponent,
  joinComponent,
];
