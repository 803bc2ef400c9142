/** Every service of the Compose file. */
import type { EngineName } from '../../component.ts';
import type { DockerService } from '../docker-service.ts';
import { connectService } from './connect.ts';
import { etcdService } from './etcd.ts';
import { kafkaService } from './kafka.ts';
import { mongodbService } from './mongodb.ts';
import { postgresService } from './postgres.ts';
import { streamsService } from './streams.ts';

export const DOCKER_SERVICES: Readonly<Record<EngineName, DockerService>> = {
  kafka: kafkaService,
  connect: connectService,
  streams: streamsService,
  mongodb: mongodbService,
  postgres: postgresService,
  etcd: etcdService,
};
