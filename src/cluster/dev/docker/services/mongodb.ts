/**
 * `mongod` in a container, by the settings that it has natively; only there it listens to the network of its cluster.
 */
import { dataDir } from '../../cluster-folder.ts';
import { mongodbEngine } from '../../native/engines/mongodb.ts';
import { commandOf, type DockerService, portOf, programInImage, shell } from '../docker-service.ts';

const INSTALL = programInImage('mongod');

export const mongodbService: DockerService = {
  name: 'mongodb',
  port: 'mongodb',
  keepsData: true,
  // The replica set knows its member by this address, so the member has to listen there.
  insidePort: facts => portOf(facts.inside.mongodb),
  stopGraceMs: mongodbEngine.stopGraceMs,
  prepare: (facts, signal) => mongodbEngine.prepare(facts, INSTALL, signal),
  command: facts =>
    shell(
      'mkdir -p "$1"; shift; exec "$@"',
      dataDir(facts.dir, 'mongodb'),
      ...commandOf(mongodbEngine.launch(facts, INSTALL)),
      '--bind_ip=0.0.0.0',
      `--port=${portOf(facts.inside.mongodb)}`,
    ),
};
