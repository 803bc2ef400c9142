/**
 * The Kafka broker as a process of this machine. Its storage is formatted once, into a folder beside the real one that
 * then takes its place: a `meta.properties` means complete storage, also after a `kill -9` in the middle. The identity
 * that the format gave it stays until the data is deleted.
 */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { assert } from '../../../../runtime/base/assert.ts';
import { GoboolError } from '../../../../runtime/base/error.ts';
import { CLUSTER_ID_VARIABLE, type ClusterFacts } from '../../cluster-facts.ts';
import { configDir, dataDir } from '../../cluster-folder.ts';
import type { Install, JavaInstall } from '../../fetch/install.ts';
import { serverProperties } from '../../kafka-properties.ts';
import { javaCommand } from '../java-command.ts';
import type { NativeEngine } from '../native-engine.ts';

const settingsFile = (facts: ClusterFacts) => join(configDir(facts.dir, 'kafka'), 'server.properties');

export const kafkaEngine: NativeEngine = {
  name: 'kafka',
  prepare,
  launch: (facts: ClusterFacts, install: Install) =>
    javaCommand(javaInstall(install), { mainClass: 'kafka.Kafka', args: [settingsFile(facts)] }),
  stopGraceMs: 10_000,
};

async function prepare(facts: ClusterFacts, install: Install, signal: AbortSignal): Promise<void> {
  const data = dataDir(facts.dir, 'kafka');
  await mkdir(configDir(facts.dir, 'kafka'), { recursive: true });
  await mkdir(join(data, '..'), { recursive: true });
  await writeFile(settingsFile(facts), settings(facts, data));
  if (existsSync(join(data, 'meta.properties'))) return;
  await format(facts, javaInstall(install), signal);
}

/** Natively every address is on loopback, and the one that is listened on is the one that is told. */
function settings({ ports }: ClusterFacts, data: string): string {
  const address = `127.0.0.1:${ports.kafka}`;
  return serverProperties({
    dataDir: data,
    listeners: [{ name: 'PLAINTEXT', bind: address, advertised: address }],
    controller: `127.0.0.1:${ports.kafkaController}`,
  });
}

async function format(facts: ClusterFacts, install: JavaInstall, signal: AbortSignal): Promise<void> {
  const data = dataDir(facts.dir, 'kafka');
  const unfinished = `${data}.unfinished`;
  const file = join(configDir(facts.dir, 'kafka'), 'format.properties');
  await rm(unfinished, { recursive: true, force: true });
  await writeFile(file, settings(facts, unfinished));
  const args = ['format', `--cluster-id=${randomBytes(16).toString('base64url')}`, '--config', file];
  const { program, args: command } = javaCommand(install, { mainClass: 'kafka.tools.StorageTool', args });
  const env = { [CLUSTER_ID_VARIABLE]: facts.id };
  const { failed, all, shortMessage } = await execa(program, command, {
    env,
    cancelSignal: signal,
    all: true,
    reject: false,
  });
  signal.throwIfAborted();
  if (failed) {
    const reason = all?.trim().split('\n').at(-1) || shortMessage;
    throw new GoboolError('GB_KAFKA_FORMAT', `The storage tool of Kafka failed: ${reason}`);
  }
  await rm(data, { recursive: true, force: true });
  await rename(unfinished, data);
}

function javaInstall(install: Install): JavaInstall {
  assert(install.kind === 'java', 'Kafka runs on Java');
  return install;
}
