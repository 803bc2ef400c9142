/** The Connect worker in a container: Kafka's image with the MongoDB sink. */
import { connectCommand, connectEngine, prepareConnect } from '../../native/engines/connect.ts';
import { type DockerService, javaCommandOf, javaInImage } from '../docker-service.ts';

const PLUGIN_DIR = '/opt/gobool/plugins';

export const connectService: DockerService = {
  name: 'connect',
  port: 'connect',
  stopGraceMs: connectEngine.stopGraceMs,
  prepare: facts => prepareConnect(facts, `0.0.0.0:${facts.ports.connect}`, PLUGIN_DIR),
  command: facts => javaCommandOf(connectCommand(facts, javaInImage())),
};
