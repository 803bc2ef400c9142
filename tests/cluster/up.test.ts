/** `gobool cluster up` and its neighbours as a person meets them: real engines, a real terminal. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { document, PROGRAM } from '../helpers/cli.ts';
import { clusterCommand } from '../helpers/cluster-command.ts';
import { openTerminal, type Terminal } from '../helpers/terminal.ts';
import { clusterProject } from '../helpers/test-cluster.ts';

/** Two engines: one that is there at once, one that leaves time to look. */
const UP = 'up --any-port --only kafka,etcd';
const LIVE = /Cluster default {2}\d of 2 healthy/;

let projectDir: string;

beforeAll(() => {
  projectDir = clusterProject('up');
});

afterAll(() => down());

const cluster = (args: string, env: Readonly<Record<string, string>> = {}) =>
  clusterCommand(projectDir, args.split(' '), env);

async function down(): Promise<void> {
  expect((await cluster('down')).exitCode).toBe(0);
}

/** Types the command, and shows its exit code behind it. */
function start(args: string, prefix = 'env -u CI'): Terminal {
  const terminal = openTerminal(projectDir, 100, 20);
  terminal.run(`clear; (${prefix} ${process.execPath} ${PROGRAM} cluster ${args}); echo "exit=$?"`);
  return terminal;
}

describe('on a terminal', () => {
  test('shows how the components come up, in any size, and then what they proved', async () => {
    const terminal = start(UP);
    await terminal.waitFor(LIVE);
    expect(terminal.showsCursor()).toBe(false);
    terminal.resize(60, 8);
    await terminal.waitFor(/^. kafka {5}(starting|initialising) [^\n]*$/m);
    // Not while it is being drawn anew.
    await expect.poll(() => terminal.screen().match(new RegExp(LIVE, 'g')), { timeout: 5_000 }).toHaveLength(1);
    terminal.resize(120, 40);
    const screen = await terminal.waitFor(/exit=0/);
    expect(screen).toContain('Cluster default is healthy: 2 components');
    expect(screen).toMatch(/kafka +healthy, probed \d+ s ago: message produced and consumed in \d+ ms/);
    expect(screen).toMatch(/etcd +http:\/\/127\.0\.0\.1:\d+/);
    expect(screen).not.toMatch(LIVE);
    expect(terminal.showsCursor()).toBe(true);
  });

  test('a second one answers at once, with the age of the proofs', async () => {
    const screen = await start(UP).waitFor(/exit=0/);
    expect(screen).toMatch(/Cluster default is healthy: 2 components, [\d.]+ MB, after [\d.]+ ms\./);
    expect(screen).toMatch(/etcd +healthy, probed \d+ \w+ ago: /);
  });

  test('Ctrl-C ends the watching, and the cluster goes on', async () => {
    await down();
    const terminal = start(UP);
    await terminal.waitFor(LIVE);
    terminal.press('C-c');
    const screen = await terminal.waitFor(/exit=130/);
    expect(screen).toMatch(
      /Cluster default goes on starting without this command: \d of 2 components healthy so far\./,
    );
    expect(screen).not.toMatch(LIVE);
    expect(terminal.showsCursor()).toBe(true);
    const { data } = document(await cluster('status --json'));
    expect(data.daemonPid).toEqual(expect.any(Number));
    const again = document(await cluster(`${UP} --json`));
    expect(again.data).toMatchObject({ state: 'healthy', daemonPid: data.daemonPid });
  });

  test('killed, it leaves the cluster starting and a terminal that can be used', async () => {
    await down();
    const terminal = start(UP, 'echo $BASHPID > up.pid; exec env -u CI');
    await terminal.waitFor(LIVE);
    process.kill(Number(readFileSync(join(projectDir, 'up.pid'), 'utf8')), 'SIGKILL');
    await terminal.waitFor(/exit=137/);
    terminal.run('clear; echo usable');
    await terminal.waitFor(/^usable$/m);
    expect(document(await cluster(`${UP} --json`)).data.state).toBe('healthy');
  });
});

describe('for a program', () => {
  test('a line for every change on stderr, no colours, and the summary on stdout', async () => {
    await down();
    const { stdout, stderr, exitCode } = await cluster(UP);
    expect(exitCode).toBe(0);
    expect(stdout + stderr).not.toContain('\u001b');
    expect(stderr).toMatch(/^etcd: healthy after [\d.]+ m?s: key /m);
    expect(stderr).toMatch(/^kafka: initialising$/m);
    expect(stdout).toContain('Cluster default is healthy: 2 components');
  });

  test('--json prints one document, CI gets lines', async () => {
    const { stdout, stderr } = await cluster(`${UP} --json`);
    expect(stderr).toBe('');
    expect(document({ stdout })).toMatchObject({
      type: 'cluster-up',
      ok: true,
      data: { state: 'healthy', tookMs: expect.any(Number) },
    });
    const screen = await start('restart kafka', 'CI=1').waitFor(/exit=0/);
    expect(screen).toMatch(/^kafka: initialising$/m);
    expect(screen).toMatch(/^Restarted kafka in [\d.]+ s: healthy, probed \d s ago: message/m);
  });

  test('what cannot start ends with 5, its code, and what to do', async () => {
    const env = { GOBOOL_MONGODB: '/nonexistent' };
    await down();
    const { stderr, exitCode } = await cluster('up --any-port --only mongodb', env);
    expect(exitCode).toBe(5);
    expect(stderr).toMatch(/^mongodb: failed: GB_ENGINE_EXPLICIT GOBOOL_MONGODB names \/nonexistent/m);
    expect(stderr).toMatch(/^Error GB_ENGINE_EXPLICIT mongodb: /m);
    expect(stderr).toContain('Hint Correct the variable');
    const failed = document(await cluster('up --only mongodb --json', env));
    expect(failed).toMatchObject({ ok: false, error: { code: 'GB_ENGINE_EXPLICIT', exitCode: 5 } });
    expect((await cluster('status')).exitCode).toBe(5);
    expect((await cluster('down')).stdout).toContain('No process, port, lock or file is left.');
  });
});

describe('its neighbours', () => {
  beforeAll(async () => {
    expect((await cluster('up --any-port --only etcd,postgres')).exitCode).toBe(0);
  });

  test('status shows what was asked for; ls the state', async () => {
    // Memory is known a moment after health.
    const { stdout, exitCode } = await vi.waitUntil(
      async () => {
        const status = await cluster('status');
        return /^postgres .* MB/m.test(status.stdout) && status;
      },
      { timeout: 10_000 },
    );
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^postgres +healthy +\d+ s +\d+ +\d+ +\S+ +(path|cache) +[\d.]+ MB/m);
    expect(stdout).not.toContain('kafka');
    expect((await cluster('ls')).stdout).toMatch(/^default +healthy +native +[\d.]+ MB +postgres etcd$/m);
  });

  test('--env gives what a client connects with, and JSON no password but there', async () => {
    const { stdout } = await cluster('status --env');
    const { data } = document(await cluster('status --env --json'));
    expect(stdout.split('\n')).toEqual(
      Object.entries(data.env).map(([name, value]) => `export ${name}='${String(value)}'`),
    );
    expect(Object.keys(data.env)).not.toContain('KAFKA_BROKERS');
    const { default: pg } = await import('pg');
    const client = new pg.Client({ connectionString: data.env.POSTGRES_URL });
    await client.connect();
    expect((await client.query('SELECT current_user AS name')).rows).toEqual([{ name: 'gobool' }]);
    await client.end();
    for (const args of ['status', 'status --json', 'logs', 'ls --json'])
      expect((await cluster(args)).stdout).not.toContain(data.env.PGPASSWORD);
  });

  test('restart gives a component another process', async () => {
    const pidOf = async () => {
      const { components } = document(await cluster('status --json')).data;
      return components.find(({ name }: { name: string }) => name === 'etcd').pid;
    };
    const before = await pidOf();
    const { stdout, exitCode } = await cluster('restart etcd');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^Restarted etcd in [\d.]+ m?s: healthy, probed 0 s ago: /);
    expect(await pidOf()).not.toBe(before);
  });

  test('logs have what the engines say; doctor finds the schema as declared', async () => {
    expect((await cluster('logs postgres')).stdout).toContain('database system is ready to accept connections');
    expect((await cluster('logs daemon')).stdout).toMatch(/etcd: .* -> healthy/);
    expect((await cluster('doctor')).stdout).toMatch(/schema +of cluster default as declared/);
  });

  test('reset --yes deletes the data, and the next up starts anew with the same passwords', async () => {
    const { data: before } = document(await cluster('status --env --json'));
    expect((await cluster('reset --yes')).stdout).toContain('is down and has no data');
    expect((await cluster('status')).exitCode).toBe(5);
    expect((await cluster('restart etcd')).stderr).toContain('GB_CLUSTER_DOWN');
    expect((await cluster('up --only postgres')).exitCode).toBe(0);
    expect(document(await cluster('status --env --json')).data.env.PGPASSWORD).toBe(before.env.PGPASSWORD);
  });
});
