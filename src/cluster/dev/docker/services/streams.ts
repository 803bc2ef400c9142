/** The candle fold in a container: Kafka's image with the app's jar. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClusterFacts } from '../../cluster-facts.ts';
import { configDir } from '../../cluster-folder.ts';
import { streamsCommand, streamsEngine } from '../../native/engines/streams.ts';
import { streamsProperties } from '../../streams-properties.ts';
import { type DockerService, javaCommandOf, javaInImage } from '../docker-service.ts';

export const streamsService: DockerService = {
  name: 'streams',
  port: 'streams',
  stopGraceMs: streamsEngine.stopGraceMs,

  async prepare(facts) {
    await mkdir(configDir(facts.dir, 'streams'), { recursive: true });
    const health = `0.0.0.0:${facts.ports.streams}`;
    await writeFile(settingsFile(facts), streamsProperties({ bootstrap: facts.inside.kafka, health }));
  },

  command: facts => javaCommandOf(streamsCommand(javaInImage('/opt/gobool/*'), settingsFile(facts))),
};

const settingsFile = (facts: ClusterFacts) => join(configDir(facts.dir, 'streams'), 'streams.properties');
