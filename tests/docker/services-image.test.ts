/** The image of gobool's services, run as docs/cluster-docker.md says, on engines in containers. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { execa } from 'execa';
import { beforeAll, expect, test } from 'vitest';
import { etcdClient } from '../../src/cluster/adapters/etcd/etcd-client.ts';
import { urlOf } from '../../src/cluster/dev/addresses.ts';
import { SERVICE_NAMES, type ServiceName } from '../../src/cluster/dev/component.ts';
import { ensureFirstApiKey } from '../../src/cluster/dev/first-api-key.ts';
import { serviceSettings } from '../../src/cluster/dev/service-settings.ts';
import { readApiKey } from '../../src/cluster/dev/state/api-key.ts';
import { document, gobool, REPOSITORY, temporaryFolder } from '../helpers/cli.ts';
import { ALTERNATING, pricesCsv } from '../helpers/cli-project.ts';
import { type DockerCluster, dockerCluster } from './docker-cluster.ts';
import { inspected } from './docker-objects.ts';

const STATE = '/var/lib/gobool';
const UNPRIVILEGED = ['--cap-drop', 'ALL', '--security-opt', 'no-new-privileges'];
const SECCOMP = `seccomp=${join(REPOSITORY, 'docker/worker-seccomp.json')}`;
/** What bubblewrap needs to make a sandbox as an ordinary user. */
const SANDBOXES = [SECCOMP, 'systempaths=unconfined', 'apparmor=unconfined'];

let image: string;
let cluster: DockerCluster;

beforeAll(async () => {
  image = (await execa(process.execPath, ['scripts/services-image.ts'], { cwd: REPOSITORY })).stdout;
  cluster = await dockerCluster();
  await cluster.up(['kafka', 'mongodb', 'postgres', 'etcd']);
  const etcd = etcdClient(urlOf('etcd', cluster.facts.ports));
  await ensureFirstApiKey(etcd, cluster.facts.dir);
  etcd.close();
  await Promise.all(SERVICE_NAMES.map(name => start(name)));
  return async () => {
    await execa('docker', ['rm', '--force', ...SERVICE_NAMES.map(containerOf)]);
    await cluster.end();
  };
});

const containerOf = (name: ServiceName) => `gobool-${cluster.facts.id}-${name}`;

/** The file can be read by the container's user; the folder that it lies in lets nobody else of this machine pass. */
function settingsOf(name: ServiceName): string {
  const file = join(cluster.facts.dir, `${name}.json`);
  const { auditFile, ...settings } = serviceSettings(name, cluster.facts);
  const audit = auditFile === undefined ? {} : { auditFile: join(STATE, 'audit.ndjson') };
  writeFileSync(file, JSON.stringify({ ...settings, ...audit, cacheDir: STATE }), { mode: 0o644 });
  return file;
}

/** `granted`: options of security that take a default of Docker away. */
async function start(name: ServiceName, granted = name === 'worker' ? SANDBOXES : []): Promise<void> {
  const rights = [...UNPRIVILEGED, ...granted.flatMap(option => ['--security-opt', option])];
  const named = ['--init', '--name', containerOf(name), '--label', cluster.label];
  const mounted = ['--volume', `${settingsOf(name)}:/run/gobool/settings.json:ro`];
  await execa('docker', ['run', '--detach', '--network', 'host', ...named, ...rights, ...mounted, image, name]);
}

async function stateOf(name: ServiceName) {
  const [{ State, Config }] = JSON.parse(await inspected([containerOf(name)]));
  return { exitCode: State.ExitCode, health: State.Health.Status, user: Config.User };
}

test.each(SERVICE_NAMES)('%s gets well, as an ordinary user', async name => {
  let state = await stateOf(name);
  for (; state.health !== 'healthy'; state = await stateOf(name)) await pause(500);
  expect(state.user).toBe('1000:1000');
});

test('a backtest through them has the hash that it has here, and a worker with a sandbox ran it', async () => {
  const cwd = temporaryFolder({ 'strategy.ts': ALTERNATING, 'prices.csv': pricesCsv(300) });
  const { ports, dir } = cluster.facts;
  const env = {
    GOBOOL_LOCAL_EXECUTOR: 'off',
    GOBOOL_CLUSTER: urlOf('gateway', ports),
    GOBOOL_API_KEY: readApiKey(dir) ?? '',
  };
  const args = ['backtest', 'strategy.ts', '--data', 'prices.csv', '--no-store', '--json'];
  const there = document(await gobool([...args, '--cluster'], { cwd, env })).data;
  const here = document(await gobool(args, { cwd })).data;
  expect(there.resultHash).toMatch(/^[0-9a-f]{64}$/);
  expect(there.resultHash).toBe(here.resultHash);
  expect(there.cluster).toMatchObject({ worker: expect.stringMatching(/^w-[0-9a-f]{12}$/), attempts: 1 });
});

test('what is asked to stop ends in order', async () => {
  await execa('docker', ['stop', ...SERVICE_NAMES.map(containerOf)]);
  const exits = await Promise.all(SERVICE_NAMES.map(async name => (await stateOf(name)).exitCode));
  expect(exits).toEqual([0, 0, 0, 0]);
});

test.each([SECCOMP, 'systempaths=unconfined'])(
  'a worker with %s alone makes no sandbox, and says so',
  async granted => {
    await execa('docker', ['rm', '--force', containerOf('worker')]);
    await start('worker', [granted]);
    let log = '';
    while (!log.includes('GB_SANDBOX_UNAVAILABLE')) {
      await pause(500);
      log = (await execa('docker', ['logs', containerOf('worker')])).stdout;
    }
    expect((await stateOf('worker')).health).not.toBe('healthy');
  },
);

test('a service that there is not is refused', async () => {
  const { exitCode, stderr } = await execa('docker', ['run', '--rm', image, 'gatekeeper'], { reject: false });
  expect([exitCode, stderr]).toEqual([2, 'Which service: gateway, command, worker or join?']);
});
