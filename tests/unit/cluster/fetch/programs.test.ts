/** Which etcd is taken: the explicit one, that of PATH, the cached one, and what is said when none can be had. */
import { mkdirSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { cachedFolder } from '../../../../src/cluster/dev/fetch/cached-folder.ts';
import { etcdEngine } from '../../../../src/cluster/dev/fetch/etcd.ts';
import { fetchEngine } from '../../../../src/cluster/dev/fetch/fetch-engine.ts';
import { mongodbEngine } from '../../../../src/cluster/dev/fetch/mongodb.ts';
import { postgresEngine } from '../../../../src/cluster/dev/fetch/postgres.ts';
import { isAtLeast } from '../../../../src/cluster/dev/fetch/programs.ts';
import { errorOf } from '../../../helpers/errors.ts';
import { script, type TestMachine, testMachine } from '../../../helpers/fetch-context.ts';

const etcd = (path: string, version: string) => realpathSync(script(path, `echo "etcd Version: ${version}"`));
const elsewhere = ({ binDir }: TestMachine, ...path: string[]) => join(binDir, '..', 'opt', ...path);

test.each([
  ['the program', 'etcd'],
  ['its folder', ''],
  ['the folder above bin', '..'],
])('an explicit path goes first: %s', async (_, named) => {
  const machine = testMachine();
  etcd(join(machine.binDir, 'etcd'), '3.6.0');
  const program = etcd(elsewhere(machine, 'bin', 'etcd'), '3.5.1');
  const env = { ...machine.context.env, GOBOOL_ETCD: elsewhere(machine, 'bin', named) };
  expect(await fetchEngine('etcd', { ...machine.context, env })).toEqual({
    kind: 'program',
    program,
    location: program,
    version: '3.5.1',
    route: 'explicit',
  });
});

test('an explicit path that is missing, too old or broken is refused, whatever PATH has', async () => {
  const machine = testMachine();
  etcd(join(machine.binDir, 'etcd'), '3.6.0');
  etcd(elsewhere(machine, 'old', 'etcd'), '3.3.27');
  script(elsewhere(machine, 'broken', 'etcd'), 'exit 1');
  for (const name of ['missing', 'old', 'broken']) {
    const env = { ...machine.context.env, GOBOOL_ETCD: elsewhere(machine, name) };
    const error = await errorOf(() => fetchEngine('etcd', { ...machine.context, env }));
    expect(error).toMatchObject({ code: 'GB_ENGINE_EXPLICIT' });
    expect(error.message).toContain(`GOBOOL_ETCD names ${elsewhere(machine, name)}`);
  }
});

test('the first program of PATH that is new enough is taken', async () => {
  const machine = testMachine();
  etcd(join(machine.binDir, 'etcd'), '3.3.27');
  const program = etcd(elsewhere(machine, 'bin', 'etcd'), '3.4.23');
  const env = { ...machine.context.env, PATH: `${machine.binDir}:${elsewhere(machine, 'bin')}` };
  const install = await fetchEngine('etcd', { ...machine.context, env });
  expect(install).toMatchObject({ program, version: '3.4.23', route: 'path' });
});

test('a program is asked for its version once, and again after it changed', async () => {
  const machine = testMachine();
  const log = elsewhere(machine, 'log');
  const answer = (version: string) =>
    script(join(machine.binDir, 'etcd'), `echo asked >> ${log}`, `echo "etcd Version: ${version}"`);
  mkdirSync(elsewhere(machine));
  answer('3.5.9');
  await fetchEngine('etcd', machine.context);
  await fetchEngine('etcd', machine.context);
  expect(readFileSync(log, 'utf8')).toBe('asked\n');
  answer('3.5.10');
  expect(await fetchEngine('etcd', machine.context)).toMatchObject({ version: '3.5.10' });
});

test('PostgreSQL without its initdb is none', async () => {
  const machine = testMachine();
  const program = script(elsewhere(machine, 'postgres'), 'echo "postgres (PostgreSQL) 16.4"');
  const env = { ...machine.context.env, GOBOOL_POSTGRES: program };
  const error = await errorOf(() => fetchEngine('postgres', { ...machine.context, env }));
  expect(error).toMatchObject({ code: 'GB_ENGINE_EXPLICIT', message: expect.stringContaining('postgres and initdb') });
  script(elsewhere(machine, 'initdb'));
  expect(await fetchEngine('postgres', { ...machine.context, env })).toMatchObject({ version: '16.4' });
});

test('what the cache has is taken without any package client', async () => {
  const machine = testMachine();
  const recipe = etcdEngine.recipe();
  const make = async (stagingDir: string) => void etcd(join(stagingDir, 'etcd'), '3.6.16');
  const folder = await cachedFolder({ ...recipe, make }, machine.context);
  expect(await fetchEngine('etcd', machine.context)).toMatchObject({ location: join(folder, 'etcd'), route: 'cache' });
});

test('a platform without a build is named, with another way', async () => {
  vi.spyOn(process, 'arch', 'get').mockReturnValue('riscv64');
  try {
    for (const { recipe } of [mongodbEngine, postgresEngine]) {
      const error = await errorOf(recipe);
      expect(error).toMatchObject({ code: 'GB_ENGINE_PLATFORM', message: expect.stringContaining('riscv64') });
    }
  } finally {
    vi.restoreAllMocks();
  }
});

test.each([
  ['15.18', '14', true],
  ['3.4.23', '3.4', true],
  ['3.10', '3.4', true],
  ['13.9', '14', false],
  ['17', '17.0.1', false],
  ['1.8.0', '17', false],
])('%s is at least %s: %s', (version, minimum, expected) => {
  expect(isAtLeast(version, minimum)).toBe(expected);
});
