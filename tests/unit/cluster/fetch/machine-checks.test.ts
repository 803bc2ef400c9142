import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cachedFolder } from '../../../../src/cluster/dev/fetch/cached-folder.ts';
import { etcdEngine } from '../../../../src/cluster/dev/fetch/etcd.ts';
import type { FetchContext } from '../../../../src/cluster/dev/fetch/fetch-context.ts';
import { checkMachine } from '../../../../src/cluster/dev/fetch/machine-checks.ts';
import { javaHome, script, testMachine } from '../../../helpers/fetch-context.ts';

const checkNamed = async (name: string, context: FetchContext) =>
  (await checkMachine(context)).find(check => check.name === name);

test('a bare machine: each blocker has a remedy, and nothing is fetched', async () => {
  const { context, steps } = testMachine();
  const checks = await checkMachine(context);
  const blocked = checks.filter(({ status }) => status === 'blocker');
  expect(blocked.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['java', 'kafka', 'connect', 'streams', 'mongodb', 'etcd']),
  );
  expect(blocked.filter(({ hint }) => hint === undefined)).toEqual([]);
  expect(steps).toEqual([]);
});

test('it names the way of each engine: by variable, on PATH, in the cache, to be fetched', async () => {
  const { context, binDir } = testMachine();
  const program = script(join(binDir, 'etcd'), 'echo etcd Version: 3.5.2');
  expect(await checkNamed('etcd', context)).toMatchObject({
    status: 'ok',
    message: expect.stringMatching(/^3\.5\.2, of/),
  });
  const explicit = { ...context, env: { PATH: '', GOBOOL_ETCD: program } };
  expect(await checkNamed('etcd', explicit)).toMatchObject({
    message: expect.stringMatching(/^3\.5\.2, as its variable/),
  });
  script(join(binDir, 'etcd'), 'exit 1');
  script(join(binDir, 'go'), 'echo go version go1.26.1 linux/amd64');
  expect(await checkNamed('etcd', context)).toMatchObject({
    message: expect.stringContaining('will be fetched with Go'),
  });
  const make = async (stagingDir: string) => void script(join(stagingDir, 'etcd'));
  await cachedFolder({ ...etcdEngine.recipe(), make }, context);
  expect(await checkNamed('etcd', context)).toMatchObject({ message: expect.stringMatching(/^3\.6\.\d+, fetched: /) });
});

test('a damaged cache and a broken variable are blockers', async () => {
  const { context } = testMachine();
  const make = async (stagingDir: string) => void script(join(stagingDir, 'etcd'));
  const folder = await cachedFolder({ ...etcdEngine.recipe(), make }, context);
  appendFileSync(join(folder, 'etcd'), '!');
  expect(await checkNamed('etcd', context)).toEqual({
    name: 'etcd',
    status: 'blocker',
    message: `${folder} is damaged: etcd has another size`,
    hint: expect.stringContaining(`rm -r ${folder}`),
  });
  const broken = { ...context, env: { ...context.env, GOBOOL_ETCD: '/nowhere' } };
  expect(await checkNamed('etcd', broken)).toMatchObject({
    status: 'blocker',
    message: expect.stringContaining('/nowhere'),
  });
});

test('a JRE runs Kafka but does not make the Streams app', async () => {
  const { context, binDir } = testMachine();
  script(join(binDir, 'mvn'), 'echo Apache Maven 3.9.1');
  const env = { ...context.env, JAVA_HOME: javaHome(join(binDir, '..', 'jre'), '21.0.2') };
  const checks = await checkMachine({ ...context, env });
  const statusOf = (name: string) => checks.find(check => check.name === name)?.status;
  expect([statusOf('java'), statusOf('kafka'), statusOf('streams')]).toEqual(['ok', 'ok', 'blocker']);
});

test('memory, disk, user and Docker are looked at', async () => {
  const { context } = testMachine();
  const checks = await checkMachine(context);
  for (const name of ['memory', 'disk']) {
    expect(checks.find(check => check.name === name)?.message).toMatch(/^\d+\.\d GB free for /);
  }
  expect(checks.find(check => check.name === 'user')?.message).toMatch(/root|ordinary user/);
  expect(checks.find(check => check.name === 'docker')).toMatchObject({ status: 'ok' });
});
