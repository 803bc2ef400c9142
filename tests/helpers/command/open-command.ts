/** A world of the test's own, somebody who asks for runs, and a command service in this process. */
import { pino } from 'pino';
import { onTestFinished, vi } from 'vitest';
import { runCommand } from '../../../src/cluster/services/command/command.ts';
import { newCounters } from '../../../src/cluster/services/command/counters.ts';
import type { Care } from '../../../src/cluster/services/command/hospital/admit.ts';
import { testCluster } from '../test-cluster.ts';
import { CommandClient } from './command-client.ts';
import { makeWorld, newName, openWorld, type WorldAddress } from './command-world.ts';
import { ScriptedWorker, type TaskStart } from './scripted-worker.ts';

export const until = (isSo: () => boolean) => vi.waitUntil(isSo, { timeout: 15_000, interval: 10 });

async function newAddress(): Promise<WorldAddress> {
  const { ports, secrets } = await testCluster();
  const postgres = { port: ports.postgres, password: secrets.postgres };
  return { name: newName(), kafka: `127.0.0.1:${ports.kafka}`, etcd: `http://127.0.0.1:${ports.etcd}`, postgres };
}

/** Without a service. */
export async function open() {
  const address = await newAddress();
  const made = await makeWorld(address);
  const world = openWorld(address);
  onTestFinished(async () => {
    await world[Symbol.asyncDispose]();
    await made[Symbol.asyncDispose]();
  });
  const client = new CommandClient(world);
  await client.listen();
  return { address, world, client };
}

export async function openWithService(care: Care = { policies: {} }) {
  const { address, world, client } = await open();
  const ports = openWorld(address);
  const counters = newCounters();
  const controller = new AbortController();
  const log = pino({ level: process.env.LOG_LEVEL ?? 'silent' });
  const running = runCommand(ports, { counters, log, signal: controller.signal, care });
  onTestFinished(async () => {
    controller.abort();
    await running;
    await ports[Symbol.asyncDispose]();
  });
  const worker = async (partition: number) => {
    const scripted = new ScriptedWorker(world, partition);
    await scripted.begin();
    return scripted;
  };
  return { world, client, counters, worker };
}

/** The worker's n-th task. */
export async function startOf(worker: ScriptedWorker, n = 0): Promise<TaskStart> {
  return await vi.waitUntil(() => worker.starts[n], { timeout: 15_000, interval: 5 });
}
