/** etcd in a container. Its image has no shell, and needs none. Of a flag that is there twice the second one counts. */
import { etcdEngine } from '../../native/engines/etcd.ts';
import { commandOf, type DockerService, programInImage } from '../docker-service.ts';

export const etcdService: DockerService = {
  name: 'etcd',
  port: 'etcd',
  keepsData: true,
  stopGraceMs: etcdEngine.stopGraceMs,
  prepare: async () => undefined,
  command: facts => [
    ...commandOf(etcdEngine.launch(facts, programInImage('etcd'))),
    `--listen-client-urls=http://0.0.0.0:${facts.ports.etcd}`,
  ],
};
