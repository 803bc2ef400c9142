/** `gobool cluster` with the Docker driver, as a user runs it. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { execa } from 'execa';
import { afterAll, expect, test } from 'vitest';
import { COMPONENT_NAMES } from '../../src/cluster/dev/component.ts';
import { document, type Json } from '../helpers/cli.ts';
import { clusterCommand } from '../helpers/cluster-command.ts';
import { dockerObjects, removeVolumes } from './docker-objects.ts';

const PASSED_ON = Object.entries(process.env).filter(([name]) => /^(DOCKER_|GOBOOL_IMAGE_)/.test(name));
const ENV = Object.fromEntries(PASSED_ON.map(([name, value = '']) => [name, value]));

const projectDir = realpathSync(mkdtempSync(join(tmpdir(), 'gobool-docker-')));
mkdirSync(join(projectDir, '.gobool'));
const cluster = (...args: string[]) => clusterCommand(projectDir, args, ENV);
const status = async (): Promise<Json> => document(await cluster('status', '--json')).data;
const stateOf = async (name: string) => (await status()).components.find((one: Json) => one.name === name);

afterAll(async () => {
  const { id } = await status();
  await cluster('down');
  await removeVolumes(`gobool.cluster=${id}`);
  rmSync(projectDir, { recursive: true });
});

test('up, all healthy, from images', async () => {
  const { exitCode, stderr } = await cluster('up', '--driver', 'docker', '--detach', '--any-port');
  expect(stderr).not.toContain('Error');
  expect(exitCode).toBe(0);
  const { state, driver, components } = await status();
  expect([state, driver]).toEqual(['healthy', 'docker']);
  expect(components.map(({ name }: Json) => name)).toEqual(COMPONENT_NAMES);
});

test('a container that was killed is healed', async () => {
  const { id, components } = await status();
  const containers = await dockerObjects('containers', 'gobool.component=etcd');
  await execa('docker', ['kill', containers.find(name => name.includes(id)) ?? '']);
  const before = components.find(({ name }: Json) => name === 'etcd');
  for (let now = before; now.pid === before.pid || now.state !== 'healthy'; now = await stateOf('etcd'))
    await pause(200);
  expect((await stateOf('etcd')).restarts).toBe(1);
});

test('the containers outlive the daemon, and the next one takes them over', async () => {
  const before = await status();
  process.kill(before.daemonPid, 'SIGKILL');
  const { exitCode } = await cluster('up', '--detach');
  expect(exitCode).toBe(0);
  const after = await status();
  expect(after.daemonPid).not.toBe(before.daemonPid);
  expect(after.components.map(({ pid }: Json) => pid)).toEqual(before.components.map(({ pid }: Json) => pid));
});

test('down leaves nothing but the volumes', async () => {
  const { id } = await status();
  expect((await cluster('down')).exitCode).toBe(0);
  expect(await dockerObjects('containers', `gobool.cluster=${id}`)).toEqual([]);
  expect(await dockerObjects('networks', `gobool.cluster=${id}`)).toEqual([]);
  expect(await dockerObjects('volumes', `gobool.cluster=${id}`)).toHaveLength(4);
});
