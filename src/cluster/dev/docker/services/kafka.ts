/** The broker in a container. It has a listener for the machine and one for the other containers. */
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClusterFacts } from '../../cluster-facts.ts';
import { configDir, dataDir } from '../../cluster-folder.ts';
import { serverProperties } from '../../kafka-properties.ts';
import { kafkaEngine } from '../../native/engines/kafka.ts';
import { type DockerService, javaCommandOf, javaInImage, portOf, shell } from '../docker-service.ts';

/** Formats into a folder beside the real one, so that a `meta.properties` means complete storage. */
const RUN = `
data=$1 settings=$2 cluster=$3; shift 3
if [ ! -e "$data/meta.properties" ]; then
  rm -rf "$data" "$data.unfinished"
  java -cp '/opt/kafka/libs/*' kafka.tools.StorageTool format --cluster-id="$cluster" --config "$settings"
  mv "$data.unfinished" "$data"
fi
exec "$@"
`;

export const kafkaService: DockerService = {
  name: 'kafka',
  port: 'kafka',
  keepsData: true,
  stopGraceMs: kafkaEngine.stopGraceMs,

  async prepare(facts) {
    const data = dataDir(facts.dir, 'kafka');
    await mkdir(configDir(facts.dir, 'kafka'), { recursive: true });
    await writeFile(file(facts, 'server.properties'), settings(facts, data));
    await writeFile(file(facts, 'format.properties'), settings(facts, `${data}.unfinished`));
  },

  command: facts =>
    shell(
      RUN,
      dataDir(facts.dir, 'kafka'),
      file(facts, 'format.properties'),
      kafkaId(facts),
      ...javaCommandOf(kafkaEngine.launch(facts, javaInImage())),
    ),
};

const file = (facts: ClusterFacts, name: string) => join(configDir(facts.dir, 'kafka'), name);

/** 16 bytes. Kafka's own name for the cluster, which must not change while the data is kept. */
const kafkaId = ({ id }: ClusterFacts) =>
  createHash('sha256').update(id).digest().subarray(0, 16).toString('base64url');

function settings(facts: ClusterFacts, data: string): string {
  const { kafka: inside } = facts.inside;
  const { kafka: port, kafkaController } = facts.ports;
  return serverProperties({
    dataDir: data,
    listeners: [
      { name: 'INSIDE', bind: `0.0.0.0:${portOf(inside)}`, advertised: inside },
      { name: 'MACHINE', bind: `0.0.0.0:${port}`, advertised: `127.0.0.1:${port}` },
    ],
    controller: `127.0.0.1:${kafkaController}`,
  });
}
