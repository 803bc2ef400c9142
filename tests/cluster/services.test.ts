/** gobool's services as components of the local cluster. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { urlOf } from '../../src/cluster/dev/addresses.ts';
import type { ClusterFacts } from '../../src/cluster/dev/cluster-facts.ts';
import { apiKeyFile } from '../../src/cluster/dev/cluster-folder.ts';
import { SERVICE_NAMES } from '../../src/cluster/dev/component.ts';
import { clusterProcesses } from '../../src/cluster/dev/native/cluster-processes.ts';
import { readProc } from '../../src/cluster/dev/native/process-table.ts';
import { readApiKey } from '../../src/cluster/dev/state/api-key.ts';
import { document } from '../helpers/cli.ts';
import { clusterCommand } from '../helpers/cluster-command.ts';
import { testHealing } from '../helpers/healing.ts';
import { clusterProject, serviceCluster } from '../helpers/test-cluster.ts';

let facts: ClusterFacts;

beforeAll(async () => {
  facts = await serviceCluster();
});

const cluster = (args: string) => clusterCommand(clusterProject('services'), args.split(' '));

/** The status of a request for what is missing of nothing. */
async function askWith(key: string | undefined): Promise<number> {
  const { status } = await fetch(`${urlOf('gateway', facts.ports)}/v1/artifacts/missing`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: '{"hashes":[]}',
  });
  return status;
}

test('one brings the engines that it needs', async () => {
  const { components } = document(await cluster('status --json')).data;
  const running = components.filter(({ state }: { state: string }) => state === 'healthy');
  // Tests of other files may have asked this cluster for the other engines too.
  const needed = ['kafka', 'mongodb', 'postgres', 'etcd', ...SERVICE_NAMES];
  expect(running.map(({ name }: { name: string }) => name)).toEqual(expect.arrayContaining(needed));
  const { stdout } = await cluster('status');
  expect(stdout).toMatch(/^gateway +healthy .* own /m);
  expect(stdout).toMatch(/gateway +probed .* ago: a request with the first API key answered in \d+ ms/);
  expect(stdout).toMatch(/command +probed .* ago: registered, reads its topics, outbox (empty|moving)/);
  expect(stdout).toMatch(/worker +probed .* ago: \d+ of \d+ workers have announced themselves in etcd/);
  expect(stdout).toMatch(/join +probed .* ago: MongoDB has all that is in Kafka, checked in \d+ ms/);
});

describe('the first API key', () => {
  test('opens the gateway, in a file for its owner only; another key does not', async () => {
    const key = readApiKey(facts.dir);
    expect(statSync(apiKeyFile(facts.dir)).mode & 0o777).toBe(0o600);
    expect(await askWith(key)).toBe(200);
    expect(await askWith(key?.replace(/.$/, last => (last === 'x' ? 'y' : 'x')))).toBe(401);
  });

  test('stays when the gateway is started again', async () => {
    const key = readApiKey(facts.dir);
    expect((await cluster('restart gateway')).exitCode).toBe(0);
    expect(readApiKey(facts.dir)).toBe(key);
    expect(await askWith(key)).toBe(200);
  });
});

describe('killed and paused', () => testHealing(SERVICE_NAMES, 'services'));

test('no secret stands on a command line, in an environment or in a log', () => {
  const logs = join(facts.dir, 'logs');
  const files = [...SERVICE_NAMES, 'daemon'].map(name => join(logs, `${name}.log`));
  expect(files.filter(file => !existsSync(file))).toEqual([]);
  const texts = [
    ...clusterProcesses(facts.id).flatMap(({ pid }) => [readProc(pid, 'cmdline'), readProc(pid, 'environ')]),
    ...readdirSync(logs).map(name => readFileSync(join(logs, name), 'utf8')),
  ];
  const secrets = [...Object.values(facts.secrets), readApiKey(facts.dir)?.slice(-32) ?? ''];
  for (const secret of secrets) {
    expect(secret.length).toBeGreaterThanOrEqual(32);
    expect(texts.filter(text => text?.includes(secret))).toEqual([]);
  }
});

test('logs of services are those of components; restart and down know them', async () => {
  expect((await cluster('logs worker')).stdout).toContain('listens');
  expect((await cluster('down')).stdout).toContain('No process, port, lock or file is left.');
  const { dir } = await serviceCluster();
  expect(readApiKey(dir)).toBe(readApiKey(facts.dir));
  expect(await askWith(readApiKey(dir))).toBe(200);
});

test('after a reset there is another key, which opens the gateway', async () => {
  const before = readApiKey(facts.dir);
  expect((await cluster('reset --yes')).exitCode).toBe(0);
  facts = await serviceCluster();
  const key = readApiKey(facts.dir);
  expect(key).not.toBe(before);
  expect([await askWith(key), await askWith(before)]).toEqual([200, 401]);
});
