/**
 * The Connect worker as a process of this machine. It keeps nothing on disk: connectors, offsets and states are
 * topics.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { assert } from '../../../../runtime/base/assert.ts';
import type { ClusterFacts } from '../../cluster-facts.ts';
import { configDir } from '../../cluster-folder.ts';
import { connectProperties, connectSecrets, connectSecretsFile } from '../../connect-properties.ts';
import type { Install } from '../../fetch/install.ts';
import { writeSecretFile } from '../../write-secret-file.ts';
import { javaCommand } from '../java-command.ts';
import type { Launch, NativeEngine } from '../native-engine.ts';

export const connectEngine: NativeEngine = {
  name: 'connect',
  prepare: (facts, install) => {
    assert(install.kind === 'java' && install.pluginDir !== undefined, 'Connect runs on Java and has plugins');
    return prepareConnect(facts, `127.0.0.1:${facts.ports.connect}`, install.pluginDir);
  },
  launch: connectCommand,
  stopGraceMs: 10_000,
};

const settingsFile = (facts: ClusterFacts) => join(configDir(facts.dir, 'connect'), 'connect.properties');

/** `rest`: where REST is answered, `host:port`. */
export async function prepareConnect(facts: ClusterFacts, rest: string, pluginDir: string): Promise<void> {
  const folder = configDir(facts.dir, 'connect');
  await mkdir(folder, { recursive: true });
  writeSecretFile(connectSecretsFile(facts), connectSecrets(facts));
  const settings = connectProperties({ bootstrap: facts.inside.kafka, rest, pluginDir, secretsDir: folder });
  await writeFile(settingsFile(facts), settings);
}

export function connectCommand(facts: ClusterFacts, install: Install): Launch {
  assert(install.kind === 'java', 'Connect runs on Java');
  const mainClass = 'org.apache.kafka.connect.cli.ConnectDistributed';
  return javaCommand(install, { mainClass, args: [settingsFile(facts)] });
}
