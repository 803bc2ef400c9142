import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type ClusterFacts, DEFAULT_PORTS } from '../../../../src/cluster/dev/cluster-facts.ts';
import { configDir, dataDir } from '../../../../src/cluster/dev/cluster-folder.ts';
import type { JavaInstall } from '../../../../src/cluster/dev/fetch/install.ts';
import { serverProperties } from '../../../../src/cluster/dev/kafka-properties.ts';
import { kafkaEngine } from '../../../../src/cluster/dev/native/engines/kafka.ts';
import { javaCommand } from '../../../../src/cluster/dev/native/java-command.ts';
import { toProperties } from '../../../../src/cluster/dev/properties.ts';
import { errorOf } from '../../../helpers/errors.ts';
import { temporaryDir } from '../../../helpers/temporary-dir.ts';

const INSTALL: JavaInstall = {
  kind: 'java',
  version: '4.2.0',
  route: 'cache',
  location: '/jars',
  java: '/bin/false',
  javaVersion: '17.0.15',
  classPath: ['/jars/a.jar', '/jars/b.jar'],
};

const linesOf = (text: string) => text.trimEnd().split('\n');

test('a properties file has a line for each setting', () => {
  expect(toProperties({ a: 1, 'b.c': true, path: 'C:\\x\ny' })).toBe('a=1\nb.c=true\npath=C:\\\\x\\ny\n');
});

test('the broker advertises each listener under its own address', () => {
  const lines = linesOf(
    serverProperties({
      dataDir: '/data',
      listeners: [
        { name: 'INSIDE', bind: '0.0.0.0:9092', advertised: 'kafka:9092' },
        { name: 'OUTSIDE', bind: '0.0.0.0:29092', advertised: '127.0.0.1:29092' },
      ],
      controller: 'kafka:9093',
    }),
  );
  expect(lines).toEqual(
    expect.arrayContaining([
      'listeners=INSIDE://0.0.0.0:9092,OUTSIDE://0.0.0.0:29092,CONTROLLER://kafka:9093',
      'advertised.listeners=INSIDE://kafka:9092,OUTSIDE://127.0.0.1:29092',
      'listener.security.protocol.map=INSIDE:PLAINTEXT,OUTSIDE:PLAINTEXT,CONTROLLER:PLAINTEXT',
      'inter.broker.listener.name=INSIDE',
      'controller.quorum.voters=1@kafka:9093',
      'log.dirs=/data',
      'auto.create.topics.enable=false',
    ]),
  );
});

test('a JVM is told of its archive, and of its class path in one piece', () => {
  const main = { mainClass: 'Main', args: ['settings'], flags: ['-Dx=y'] };
  const { program, args } = javaCommand({ ...INSTALL, classArchive: '/a.jsa' }, main);
  expect(program).toBe('/bin/false');
  expect(args.slice(-6)).toEqual([
    '-XX:SharedArchiveFile=/a.jsa',
    '-Dx=y',
    '-cp',
    '/jars/a.jar:/jars/b.jar',
    'Main',
    'settings',
  ]);
  expect(javaCommand(INSTALL, main).args.join(' ')).not.toContain('SharedArchiveFile');
});

test('natively everything is on loopback', async () => {
  const facts = factsIn(temporaryDir());
  mkdirSync(dataDir(facts.dir, 'kafka'), { recursive: true });
  writeFileSync(join(dataDir(facts.dir, 'kafka'), 'meta.properties'), 'cluster.id=kept');
  await kafkaEngine.prepare(facts, INSTALL, AbortSignal.timeout(10_000));
  const settings = readFileSync(join(configDir(facts.dir, 'kafka'), 'server.properties'), 'utf8');
  const addresses = [...settings.matchAll(/[\w.]+:\d+/g)].map(([address]) => address);
  expect(new Set(addresses)).toEqual(new Set(['127.0.0.1:29092', '127.0.0.1:29093']));
  expect(readFileSync(join(dataDir(facts.dir, 'kafka'), 'meta.properties'), 'utf8')).toBe('cluster.id=kept');
});

test('storage that could not be formatted is GB_KAFKA_FORMAT and leaves nothing that looks like storage', async () => {
  const facts = factsIn(temporaryDir());
  const error = await errorOf(() => kafkaEngine.prepare(facts, INSTALL, AbortSignal.timeout(10_000)));
  expect(error.code).toBe('GB_KAFKA_FORMAT');
  expect(existsSync(dataDir(facts.dir, 'kafka'))).toBe(false);
});

const factsIn = (dir: string) => ({ id: 'c-test', name: 'test', dir, ports: DEFAULT_PORTS }) as ClusterFacts;
