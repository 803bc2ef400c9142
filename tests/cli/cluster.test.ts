/** `gobool cluster` where no engine runs: what there is to say, and what is refused. With engines: tests/cluster. */
import { appendFileSync, readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { CLUSTER_ERRORS } from '../../src/runtime/base/error-codes/cluster.ts';
import { document, gobool, REPOSITORY, startGobool, temporaryFolder } from '../helpers/cli.ts';

const LOGS = '.gobool/cluster/default/logs';

const project = (files: Readonly<Record<string, string>> = {}) =>
  temporaryFolder({ 'gobool.config.ts': 'export default {};\n', ...files });

describe('without a cluster', () => {
  test('ls and down have nothing to do', async () => {
    const cwd = project();
    expect(await gobool(['cluster', 'ls'], { cwd })).toMatchObject({
      stdout: 'No clusters. Start one with `gobool cluster up`.',
      exitCode: 0,
    });
    expect(document(await gobool(['cluster', 'ls', '--json'], { cwd })).data).toEqual({ clusters: [] });
    expect(await gobool(['cluster', 'down'], { cwd })).toMatchObject({
      stdout: 'Nothing of cluster default was running.',
      stderr: '',
      exitCode: 0,
    });
    expect(document(await gobool(['cluster', 'down', '--json'], { cwd })).data).toMatchObject({
      name: 'default',
      components: [],
      left: [],
    });
  });

  test.each([['status'], ['status --env'], ['logs'], ['restart kafka'], ['reset --yes']])(
    '%s says that there is none',
    async args => {
      const { stdout, stderr, exitCode } = await gobool(['cluster', ...args.split(' ')], { cwd: project() });
      expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
      expect(stderr).toContain('GB_CLUSTER_MISSING There is no cluster "default" in this project.');
      expect(stderr).toContain('gobool cluster up');
    },
  );

  test('the doctor looks at the machine all the same', async () => {
    const { data } = document(await gobool(['cluster', 'doctor', '--json'], { cwd: project() }));
    const names = data.checks.map((check: { name: string }) => check.name);
    expect(names).toEqual(expect.arrayContaining(['java', 'kafka', 'mongodb', 'postgres', 'etcd', 'memory', 'disk']));
    expect(names).not.toContain('schema');
  });

  test('a machine without Java and package clients is not ready, and the doctor says what to install', async () => {
    const env = { PATH: '', HOME: temporaryFolder(), XDG_CACHE_HOME: temporaryFolder() };
    const { stdout, exitCode } = await gobool(['cluster', 'doctor'], { cwd: project(), env });
    expect(stdout).toMatch(/✗ java +There is no Java on this machine\./);
    expect(stdout).toContain('openjdk-17-jdk-headless');
    expect(stdout).toMatch(/^Not ready: java, /m);
    expect(exitCode).toBe(6);
  });
});

describe('which cluster', () => {
  test.each([
    [['status', '--name', 'staging'], {}, 'staging'],
    [['status'], { GOBOOL_CLUSTER: 'staging' }, 'staging'],
    [['status', '--name', 'other'], { GOBOOL_CLUSTER: 'staging' }, 'other'],
    [['status'], { GOBOOL_CLUSTER: '' }, 'default'],
  ])('%j with %j', async (args, env, name) => {
    const { stderr } = await gobool(['cluster', ...args], { cwd: project(), env });
    expect(stderr).toContain(`There is no cluster "${name}"`);
  });

  test.each(['../escape', 'A', '', 'x'.repeat(33), '-x'])('"%s" is no name', async name => {
    const { stderr, exitCode } = await gobool(['cluster', 'up', `--name=${name}`], { cwd: project() });
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`A cluster cannot be called "${name}".`);
  });
});

describe('what is refused', () => {
  test.each([
    [['restart', 'kafak'], 'Did you mean "kafka"?'],
    [['restart'], "Missing required argument 'component'"],
    [['logs', 'demon'], 'Did you mean "daemon"?'],
    [['up', '--only', 'kafka,postgrse'], 'Did you mean "postgres"?'],
    [['up', '--only', ''], 'There is no component "".'],
    [['up', '--driver', 'podman'], '--driver: expected "auto" or "native" or "docker".'],
    [['logs', '-f', '--json'], '--ndjson'],
    [['reset'], 'gobool cluster reset --name default --yes'],
    [['chaos', '--faults', 'kil'], 'There is no fault "kil". Did you mean "kill"?'],
    [['chaos', '--only', 'jion'], 'Did you mean "join"?'],
    [['chaos', '--for', '0'], '--for: '],
    [['upp'], 'Did you mean up?'],
  ])('cluster %j', async (args, help) => {
    const { stdout, stderr, exitCode } = await gobool(['cluster', ...args], { cwd: project() });
    expect({ exitCode, errors: stdout + stderr }).toEqual({ exitCode: 2, errors: expect.stringContaining('GB_USAGE') });
    expect(stdout + stderr).toContain(help);
  });

  test('help lists the commands under a heading of their own', async () => {
    expect((await gobool(['--help'])).stdout).toMatch(/^Cluster\n {2}cluster up /m);
  });
});

test.each(Object.keys(CLUSTER_ERRORS))('docs/cluster.md says what to do about %s', code => {
  expect(readFileSync(join(REPOSITORY, 'docs/cluster.md'), 'utf8')).toContain(`\`${code}\``);
});

describe('logs', () => {
  const at = (second: number, text: string) => `2026-01-05T12:00:0${second}.000Z ${text}\n`;
  const withLogs = () =>
    project({
      [`${LOGS}/kafka.log`]: at(1, 'kafka starts') + at(4, 'kafka is there'),
      [`${LOGS}/etcd.log`]: at(2, 'etcd starts') + at(3, 'etcd is there'),
    });

  test('of all, in the order of time, each line with its source', async () => {
    const { stdout, exitCode } = await gobool(['cluster', 'logs'], { cwd: withLogs() });
    expect(exitCode).toBe(0);
    expect(stdout.split('\n').map(line => line.replace(/ +│ \S+/, ''))).toEqual([
      'kafka kafka starts',
      'etcd etcd starts',
      'etcd etcd is there',
      'kafka kafka is there',
    ]);
  });

  test('of one, at most 200 lines; as JSON with their source', async () => {
    const lines = Array.from({ length: 300 }, (_, i) => `line ${i}`);
    const cwd = project({ [`${LOGS}/postgres.log`]: `${lines.join('\n')}\n` });
    expect((await gobool(['cluster', 'logs', 'postgres'], { cwd })).stdout).toBe(lines.slice(100).join('\n'));
    const { data } = document(await gobool(['cluster', 'logs', 'postgres', '--json'], { cwd }));
    expect(data.lines).toHaveLength(200);
    expect(data.lines[0]).toEqual({ source: 'postgres', line: 'line 100' });
  });

  test('-f goes on across a rotation and with logs that are new, until Ctrl-C', async () => {
    const cwd = withLogs();
    const running = startGobool(['cluster', 'logs', '-f'], { cwd });
    let seen = '';
    running.stdout.on('data', chunk => {
      seen += String(chunk);
    });
    const until = async (text: string) => {
      for (let waitedMs = 0; !seen.includes(text); waitedMs += 20) {
        expect(waitedMs, seen).toBeLessThan(10_000);
        await sleep(20);
      }
    };
    await until('kafka is there');
    appendFileSync(join(cwd, LOGS, 'kafka.log'), 'kafka goes on\n');
    await until('kafka goes on');
    truncateSync(join(cwd, LOGS, 'kafka.log'));
    appendFileSync(join(cwd, LOGS, 'kafka.log'), 'fresh\n');
    appendFileSync(join(cwd, LOGS, 'mongodb.log'), 'a new log\n');
    await until('fresh');
    await until('a new log');
    running.kill('SIGINT');
    const { exitCode, stderr } = await running;
    expect({ exitCode, stderr }).toEqual({ exitCode: 130, stderr: '' });
    expect(seen.match(/kafka is there/g)).toHaveLength(1);
  });

  test('--ndjson prints a document a line', async () => {
    const running = startGobool(['cluster', 'logs', 'etcd', '-f', '--ndjson'], { cwd: withLogs() });
    const { value: first } = await running.iterable().next();
    expect(JSON.parse(String(first))).toMatchObject({ v: 1, seq: 0, type: 'log', data: { source: 'etcd' } });
    running.kill('SIGINT');
    await running;
  });
});
