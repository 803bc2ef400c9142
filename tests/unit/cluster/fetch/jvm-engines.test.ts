import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { ENGINE_FILES } from '../../../../src/cluster/dev/engine-files.ts';
import { fetchEngine } from '../../../../src/cluster/dev/fetch/fetch-engine.ts';
import { parseHashLines } from '../../../../src/cluster/dev/fetch/hash-lines.ts';
import { errorOf } from '../../../helpers/errors.ts';
import { javaHome, testMachine } from '../../../helpers/fetch-context.ts';

const JAVAC_WORKS = [
  'while [ "$1" != -d ]; do shift; done',
  'mkdir "$2/gobool"',
  'echo class > "$2/gobool/Main.class"',
];

/** A machine with a Java and a folder of (empty) jars that GOBOOL_KAFKA and its like may name. */
function machineWithJars(javac: readonly string[], ...jars: readonly string[]) {
  const { context, binDir } = testMachine();
  const folder = join(binDir, '..', 'jars');
  mkdirSync(join(folder, 'libs'), { recursive: true });
  for (const jar of jars) writeFileSync(join(folder, 'libs', jar), '');
  const base = { ...context.env, JAVA_HOME: javaHome(join(binDir, '..', 'java'), '17.0.1', javac) };
  const fetch = (name: 'kafka' | 'connect' | 'streams', env: Readonly<Record<string, string>>) =>
    fetchEngine(name, { ...context, env: { ...base, ...env } });
  return { folder, fetch, context };
}

test('an explicit Kafka is a folder with libs; its class path is sorted', async () => {
  const { fetch, folder } = machineWithJars([], 'z.jar', 'kafka_2.13-4.1.0.jar', 'notes.txt', 'a.jar');
  const install = await fetch('kafka', { GOBOOL_KAFKA: folder });
  expect(install).toMatchObject({ route: 'explicit', version: '4.1.0', javaVersion: '17.0.1', location: folder });
  expect(install).toHaveProperty(
    'classPath',
    ['a.jar', 'kafka_2.13-4.1.0.jar', 'z.jar'].map(name => join(folder, 'libs', name)),
  );
});

test('an explicit Kafka that is too old or none is refused', async () => {
  const { fetch, folder } = machineWithJars([], 'kafka_2.13-3.9.0.jar');
  expect(await errorOf(() => fetch('kafka', { GOBOOL_KAFKA: folder }))).toMatchObject({ code: 'GB_ENGINE_EXPLICIT' });
  expect(await errorOf(() => fetch('kafka', { GOBOOL_KAFKA: '/x' }))).toMatchObject({ code: 'GB_ENGINE_EXPLICIT' });
});

test('an explicit Connect has plugins beside libs', async () => {
  const { fetch, folder } = machineWithJars([], 'connect-runtime-4.2.0.jar');
  const error = await errorOf(() => fetch('connect', { GOBOOL_CONNECT: folder }));
  expect(error).toMatchObject({ code: 'GB_ENGINE_EXPLICIT', message: expect.stringContaining('plugins') });
  mkdirSync(join(folder, 'plugins'));
  expect(await fetch('connect', { GOBOOL_CONNECT: folder })).toMatchObject({ pluginDir: join(folder, 'plugins') });
});

test('the Streams app is compiled once, into a jar on its class path', async () => {
  const { fetch, folder, context } = machineWithJars(JAVAC_WORKS, 'kafka-streams-4.2.0.jar');
  const install = await fetch('streams', { GOBOOL_STREAMS: folder });
  expect(await fetch('streams', { GOBOOL_STREAMS: folder, JAVA_HOME: javaHome(`${folder}/jre`, '17.0.1') })).toEqual({
    ...install,
    java: expect.any(String),
  });
  const [app] = readdirSync(context.cacheDir).filter(name => name.startsWith('streams-app-'));
  expect(install).toHaveProperty('classPath', [
    join(context.cacheDir, `${app}/${app}.jar`),
    join(folder, 'libs/kafka-streams-4.2.0.jar'),
  ]);
});

test('sources that javac refuses, and a Java without javac', async () => {
  const refusing = machineWithJars(
    ['echo "Main.java:3: error: cannot find symbol"', 'exit 1'],
    'kafka-streams-4.2.0.jar',
  );
  expect(await errorOf(() => refusing.fetch('streams', { GOBOOL_STREAMS: refusing.folder }))).toMatchObject({
    code: 'GB_STREAMS_COMPILE',
    problems: ['Main.java:3: error: cannot find symbol'],
  });
  const { fetch, folder } = machineWithJars([], 'kafka-streams-4.2.0.jar');
  const env = { GOBOOL_STREAMS: folder, JAVA_HOME: javaHome(`${folder}/jre`, '17.0.1') };
  expect(await errorOf(() => fetch('streams', env))).toMatchObject({ code: 'GB_JAVA_NO_COMPILER' });
});

test.each([
  ['kafka', 'kafka_2.13'],
  ['connect', 'connect-runtime'],
  ['streams', 'kafka-streams'],
])('the lock table of %s is what its pom.xml asks for, in order, each name once', (name, main) => {
  const read = (file: string) => readFileSync(join(ENGINE_FILES, name, file), 'utf8');
  const version = /<kafka\.version>(.*)<\/kafka\.version>/.exec(read('pom.xml'))?.[1];
  const paths = parseHashLines(read('jars.lock'))?.map(({ path }) => path) ?? [];
  expect(paths).toContain(`org/apache/kafka/${main}/${version}/${main}-${version}.jar`);
  expect(paths).toContain('org/slf4j/slf4j-simple/1.7.36/slf4j-simple-1.7.36.jar');
  expect(paths).toEqual(paths.toSorted());
  expect(new Set(paths.map(path => basename(path))).size).toBe(paths.length);
});

test.each([
  ['a short hash', 'abc  1  x\n'],
  ['no size', `${'a'.repeat(64)}  x  y\n`],
  ['no end of line', `${'a'.repeat(64)}  1  y`],
  ['an empty line', `${'a'.repeat(64)}  1  y\n\n${'a'.repeat(64)}  1  z\n`],
  ['nothing', ''],
])('a list with %s is damaged', (_, text) => {
  expect(parseHashLines(text)).toBeUndefined();
});
