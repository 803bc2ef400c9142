/**
 * Workers that die at named points while a sweep runs on the cluster, and a command that dies while its run does: all is
 * done, with the hashes of this machine, each set once.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test, vi } from 'vitest';
import { serviceSettings } from '../../src/cluster/dev/service-settings.ts';
import { type Json, startGobool } from '../helpers/cli.ts';
import { PATIENT_SWEEP, type PatientSweep, patientSweep } from '../helpers/patient-sweep.ts';
import { temporaryDir } from '../helpers/temporary-dir.ts';
import { workerProcess } from '../helpers/worker-process.ts';

let sweep: PatientSweep;

beforeAll(async () => {
  sweep = await patientSweep();
});

/** Whether the task is tried again. `before_completed`: after the last piece, before anybody knows. */
const POINTS = [
  ['worker.claimed', true],
  ['worker.piece_0', true],
  ['worker.before_completed', true],
  ['worker.after_completed', false],
] as const;

test.each(POINTS)('a worker killed at %s: every set is there once, with its hash', async (point, isTriedAgain) => {
  const mark = join(temporaryDir(), 'reached');
  const env = { GOBOOL_CRASH_AT: point, GOBOOL_CRASH_MARK: mark };
  const doomed = workerProcess(serviceSettings('worker', sweep.cluster), env);
  await vi.waitUntil(() => doomed.log().includes('listens'), { timeout: 60_000 });
  const { runs, cluster: evidence } = await sweep.onCluster();
  expect(await doomed.ended).toBe('SIGKILL');
  expect(existsSync(mark)).toBe(true);
  expect(runs).toEqual(sweep.expected);
  expect(evidence.tasks.some(({ attempts }: Json) => attempts > 1)).toBe(isTriedAgain);
});

test('kill -9 of the command line leaves its run going on, to its end', async () => {
  const runs = async (): Promise<Json[]> => {
    const answer = await fetch(`http://127.0.0.1:${sweep.cluster.ports.join}/runs?limit=10`);
    return ((await answer.json()) as { runs: Json[] }).runs;
  };
  const before = new Set((await runs()).map(({ runId }) => runId));
  const ours = async () => (await runs()).find(({ runId, kind }) => !before.has(runId) && kind === 'sweep');
  const running = startGobool([...PATIENT_SWEEP, '--cluster'], { cwd: sweep.cwd });
  await expect.poll(ours, { timeout: 60_000 }).toMatchObject({ state: 'running' });
  running.kill('SIGKILL');
  await running;
  await expect.poll(ours, { timeout: 90_000 }).toMatchObject({ state: 'completed', tasks: { failed: 0 } });
});
