import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { chooseCluster } from '../../../../src/cli/commands/cluster/choose-cluster.ts';
import type { CommandContext } from '../../../../src/cli/context.ts';
import { clusterDir } from '../../../../src/cluster/dev/cluster-folder.ts';
import { readProcess } from '../../../../src/cluster/dev/native/process-table.ts';
import { newRecord, writeRecord } from '../../../../src/cluster/dev/state/cluster-record.ts';
import { writeLive } from '../../../../src/cluster/dev/state/live-record.ts';
import { makeId } from '../../../helpers/small-cluster.ts';
import { temporaryDir } from '../../../helpers/temporary-dir.ts';

/** Two clusters that are down. */
function project() {
  const projectDir = temporaryDir();
  const [id] = ['test', 'old'].map(name => {
    const record = newRecord({ id: makeId(), name, driver: 'native' });
    mkdirSync(clusterDir(projectDir, name), { recursive: true });
    writeRecord(clusterDir(projectDir, name), record);
    return record.id;
  });
  return { id, dir: clusterDir(projectDir, 'test'), chosen: () => chosenIn(projectDir) };
}

const chosenIn = (projectDir: string) => chooseCluster(undefined, { env: {}, projectDir } as unknown as CommandContext);

function sleeping(env: NodeJS.ProcessEnv) {
  const child = spawn('sleep', ['60'], { env: { ...process.env, ...env }, detached: true });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child.pid!;
}

test('what runs without its daemon is the only one that runs', async () => {
  const { id, chosen } = project();
  expect(await chosen()).toBe('default');
  sleeping({ GOBOOL_CLUSTER_ID: id, GOBOOL_COMPONENT: 'gateway' });
  await expect.poll(chosen).toBe('test');
});

test('so is one whose daemon does not answer', async () => {
  const { dir, chosen } = project();
  const socket = join(temporaryDir(), 'sock');
  const silent = createServer().listen(socket);
  onTestFinished(() => void silent.close());
  const pid = sleeping({});
  writeLive(dir, { daemon: { pid, startedAt: readProcess(pid)!.startedAt }, socket, processes: {} });
  expect(await chosen()).toBe('test');
}, 15_000);
