/** The candle fold (`engines/streams`) as a process of this machine. It keeps nothing on disk: its state is a topic. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { assert } from '../../../../runtime/base/assert.ts';
import type { ClusterFacts } from '../../cluster-facts.ts';
import { configDir } from '../../cluster-folder.ts';
import type { Install } from '../../fetch/install.ts';
import { streamsProperties } from '../../streams-properties.ts';
import { javaCommand } from '../java-command.ts';
import type { Launch, NativeEngine } from '../native-engine.ts';

const settingsFile = (facts: ClusterFacts) => join(configDir(facts.dir, 'streams'), 'streams.properties');

export const streamsEngine: NativeEngine = {
  name: 'streams',
  prepare,
  launch: (facts, install) => streamsCommand(install, settingsFile(facts)),
  stopGraceMs: 10_000,
};

/** The app with any settings file; its own messages, one at each change of state, are logged too. */
export function streamsCommand(install: Install, settings: string): Launch {
  assert(install.kind === 'java', 'the Streams app runs on Java');
  const flags = ['-Dorg.slf4j.simpleLogger.log.gobool=info'];
  return javaCommand(install, { mainClass: 'gobool.Main', args: [settings], flags });
}

async function prepare(facts: ClusterFacts): Promise<void> {
  const file = settingsFile(facts);
  await mkdir(dirname(file), { recursive: true });
  const health = `127.0.0.1:${facts.ports.streams}`;
  await writeFile(file, streamsProperties({ bootstrap: facts.inside.kafka, health }));
}
