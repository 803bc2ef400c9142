/** Processes as the kernel knows them, with small real ones. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { clusterProcesses, processText } from '../../../../src/cluster/dev/native/cluster-processes.ts';
import { nativeDriver } from '../../../../src/cluster/dev/native/native-driver.ts';
import { adoptProcess, launchProcess } from '../../../../src/cluster/dev/native/native-process.ts';
import { isRunning, readProcess } from '../../../../src/cluster/dev/native/process-table.ts';
import { errorOf } from '../../../helpers/errors.ts';
import { temporaryDir } from '../../../helpers/temporary-dir.ts';

const STOPPING = { stopSignal: 'SIGTERM', graceMs: 300 } as const;

/** A shell script of its own process group, gone with the test. */
async function run(
  script: string,
  env: Record<string, string> = {},
  stopping: Parameters<typeof launchProcess>[1] = STOPPING,
) {
  const dir = temporaryDir();
  const logFile = join(dir, 'log');
  const PATH = process.env.PATH ?? '';
  const command = { program: '/bin/sh', args: ['-c', script], env: { PATH, ...env }, cwd: dir, logFile };
  const instance = await launchProcess(command, stopping);
  onTestFinished(async () => {
    instance.kill();
    await instance.ended;
  });
  return { ...instance, log: () => readFileSync(logFile, 'utf8') };
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await pause(10);
}

describe('a process', () => {
  test('is known by pid and start time: a reused pid is somebody else', async () => {
    const { pid, startedAt, stop } = await run('exec sleep 60');
    expect(isRunning({ pid, startedAt })).toBe(true);
    expect(isRunning({ pid, startedAt: `${Number(startedAt) - 1}` })).toBe(false);
    await stop();
    expect(isRunning({ pid, startedAt })).toBe(false);
  });

  test('leads a group of its own, and appends what it says to its log', async () => {
    const { pid, ended, log } = await run('echo out; echo err >&2; exit 3');
    expect(readProcess(pid)?.groupId ?? pid).toBe(pid);
    expect(await ended).toBe('exit 3');
    expect(log()).toBe('out\nerr\n');
  });

  test('gets its environment and nothing else of ours', async () => {
    const { ended, log } = await run('env', { GIVEN: 'yes' });
    await ended;
    const names = log()
      .split('\n')
      .map(line => line.split('=')[0]);
    expect(names).toContain('GIVEN');
    expect(names).not.toContain('HOME');
  });

  test('that cannot be run is told', async () => {
    const command = { program: '/nowhere/engine', args: [], env: {}, cwd: '/', logFile: join(temporaryDir(), 'log') };
    expect((await errorOf(() => launchProcess(command, STOPPING))).code).toBe('GB_CLUSTER_FAILED');
  });

  test('is told apart by how it ended', async () => {
    const { pid, ended } = await run('exec sleep 60');
    process.kill(pid, 'SIGKILL');
    expect(await ended).toBe('SIGKILL');
  });

  test('uses memory and time, with all that it started', async () => {
    const { usage, kill, ended } = await run('sleep 60 & sleep 60 & wait');
    await pause(100);
    const used = await usage();
    expect(used?.memoryBytes).toBeGreaterThan(100_000);
    expect(used?.cpuMs).toBeGreaterThanOrEqual(0);
    kill();
    await ended;
    await pause(600);
    expect(await usage()).toBeUndefined();
  });
});

describe('stopping', () => {
  test('asks first', async () => {
    const { stop, ended } = await run("trap 'echo bye; exit 0' TERM; while :; do sleep 0.05; done");
    await pause(100);
    await stop();
    expect(await ended).toBe('exit 0');
  });

  test('kills what does not listen, and its children', async () => {
    const { stop, ended, log } = await run("trap '' TERM; setsid sleep 61 & echo $!; sleep 62");
    await until(() => log() !== '');
    const child = Number(log());
    await until(() => readProcess(child) !== undefined);
    await stop();
    expect(await ended).toBe('SIGKILL');
    await until(() => readProcess(child) === undefined);
  });

  test('wakes what is paused, so that it can end in good order', async () => {
    const { pid, stop, ended } = await run(
      "trap 'exit 0' TERM; while :; do sleep 0.05; done",
      {},
      { ...STOPPING, graceMs: 3000 },
    );
    await pause(100);
    process.kill(-pid, 'SIGSTOP');
    await stop();
    expect(await ended).toBe('exit 0');
  });
});

describe('a process of a cluster', () => {
  const marks = { GOBOOL_CLUSTER_ID: 'c-ba9876543210', GOBOOL_COMPONENT: 'etcd' };

  test('is found by what stands in its environment, without anybody having written it down', async () => {
    const { pid } = await run('sleep 60 & wait', marks);
    // The kernel shows an environment a moment after the program began.
    await until(() => clusterProcesses(marks.GOBOOL_CLUSTER_ID).some(({ leads }) => leads));
    const found = clusterProcesses(marks.GOBOOL_CLUSTER_ID);
    expect(found.filter(({ leads }) => leads)).toMatchObject([{ pid, role: 'etcd' }]);
    expect(found.filter(({ leads }) => leads).map(processText)).toEqual([`sh ${pid}`]);
    expect(clusterProcesses('c-0123456789ac')).toEqual([]);
  });

  test('can be taken over: its end is seen, and it can be stopped', async () => {
    const { pid, startedAt } = await run('exec sleep 60', marks);
    const adopted = adoptProcess({ pid, startedAt }, STOPPING);
    await adopted.stop();
    expect(await adopted.ended).toBe('gone');
    expect(clusterProcesses(marks.GOBOOL_CLUSTER_ID)).toEqual([]);
  });

  test('that was replaced by another one under its number is not touched', async () => {
    const { pid, startedAt } = await run('exec sleep 60', marks);
    const stale = adoptProcess({ pid, startedAt: `${Number(startedAt) - 1}` }, STOPPING);
    stale.kill();
    await stale.stop();
    await pause(50);
    expect(isRunning({ pid, startedAt })).toBe(true);
  });
});

test('native engines run on Linux only', async () => {
  const error = await errorOf(() => nativeDriver({}, 'darwin'));
  expect(error.code).toBe('GB_CLUSTER_DRIVER');
  expect(error.hint).toContain('--driver docker');
});
