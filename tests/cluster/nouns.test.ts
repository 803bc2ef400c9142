/** Runs, queue, hospital, workers and keys of a real cluster, as a user asks for them. */
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ClusterFacts } from '../../src/cluster/dev/cluster-facts.ts';
import { configDir } from '../../src/cluster/dev/cluster-folder.ts';
import { document, gobool, type Json, startGobool } from '../helpers/cli.ts';
import { ALTERNATING, pricesCsv, strategyText } from '../helpers/cli-project.ts';
import { clusterProject, serviceCluster } from '../helpers/test-cluster.ts';

let cluster: ClusterFacts;
let cwd: string;
/** Of the run that every test may look at. */
let resultHash: string;

beforeAll(async () => {
  cluster = await serviceCluster();
  cwd = clusterProject('services');
  writeFileSync(join(cwd, 'prices.csv'), pricesCsv(300));
  writeFileSync(join(cwd, 'strategy.ts'), ALTERNATING);
  resultHash = (await json(['backtest', 'strategy.ts', '--data', 'prices.csv', '--cluster', '--no-store'])).resultHash;
});

const call = (args: readonly string[], env: Readonly<Record<string, string>> = {}) => gobool(args, { cwd, env });
const json = async (args: readonly string[]): Promise<Json> => document(await call([...args, '--json'])).data;
const newest = async (): Promise<Json> => (await json(['run', 'ls', '--cluster', '--limit', '1'])).runs[0];

describe('a run', () => {
  test('is listed and shown, with who ran it', async () => {
    const { runId, ...listed } = await newest();
    expect(listed).toMatchObject({ kind: 'run', name: 'strategy.ts', state: 'completed', resultHash });
    const shown = await json(['run', 'show', runId.slice(0, 10)]);
    expect(shown).toMatchObject({ runId, resultHash, taskList: [{ state: 'completed', pid: expect.any(Number) }] });
    expect((await json(['run', 'ls', '--cluster', '--where', 'failed>0 and total<1'])).runs).toEqual([]);
  });

  test('that is over is submitted again under another id, with the same result', async () => {
    const { runId: retriedId } = await newest();
    const { runId } = await json(['run', 'retry', retriedId]);
    expect(runId).not.toBe(retriedId);
    const shown = () => json(['run', 'show', runId]);
    await expect.poll(shown, { timeout: 60_000 }).toMatchObject({ state: 'completed', resultHash });
  });

  test('that nobody knows is GB_RUN_UNKNOWN', async () => {
    const { exitCode, stdout } = await call(['run', 'show', `r-${'0'.repeat(24)}`, '--json']);
    expect([exitCode, document({ stdout }).error.code]).toEqual([2, 'GB_RUN_UNKNOWN']);
  });
});

test('what is under way is seen in the queue and at its worker, is moved and cancelled', async () => {
  const slow = '\n  onBar() {\n    for (let i = 0, sum = 0; i < 3e8; i++) sum += i % 7;\n  },';
  writeFileSync(join(cwd, 'slow.ts'), strategyText(slow));
  const args = ['backtest', 'slow.ts', '--data', 'prices.csv', '--cluster', '--no-store'];
  const running = startGobool(args, { cwd });
  await expect.poll(newest, { timeout: 60_000 }).toMatchObject({ name: 'slow.ts', state: 'running' });
  const { runId } = await newest();
  const atWork = async () => (await json(['worker', 'ls'])).workers.find(({ state }: Json) => state === 'busy')?.taskId;
  await expect.poll(atWork, { timeout: 30_000 }).toBe(`${runId}-0`);
  expect(await json(['queue', 'move', runId, '--priority', '7'])).toEqual({ runId, priority: 7, to: null, over: null });
  await expect.poll(newest, { timeout: 30_000 }).toMatchObject({ runId, priority: 7 });
  await json(['run', 'cancel', 'last']);
  expect((await running).stderr).toContain('GB_RUN_CANCELLED');
  await expect.poll(newest, { timeout: 30_000 }).toMatchObject({ runId, state: 'cancelled' });
});

test('the queue is empty where nothing waits', async () => {
  await expect.poll(() => json(['queue', 'ls']), { timeout: 60_000 }).toEqual({ waiting: 0, running: 0, entries: [] });
});

test('a key that was made lets its owner in, as far as its scopes go, until it is revoked', async () => {
  const { keyId, key } = await json(['key', 'create', 'reader', '--scope', 'read', '--expires', '1h']);
  expect((await json(['key', 'ls'])).keys).toContainEqual(expect.objectContaining({ keyId, name: 'reader' }));
  const asReader = async (...args: readonly string[]) => {
    const { exitCode, stdout } = await call([...args, '--json'], { GOBOOL_API_KEY: key });
    return exitCode === 0 ? document({ stdout }).data : document({ stdout }).error.code;
  };
  expect(await asReader('run', 'ls', '--cluster')).toEqual({ runs: [], isAll: true });
  expect(await asReader('key', 'ls')).toBe('GB_KEY_SCOPE');
  await json(['key', 'revoke', keyId]);
  await expect.poll(() => asReader('worker', 'ls'), { timeout: 20_000 }).toBe('GB_KEY_INVALID');
});

test('rebuild finds everything as it should be', async () => {
  const { command, join: views } = await json(['cluster', 'rebuild', '--name', 'default']);
  expect(command).toMatchObject({ differences: [] });
  expect(command.runs).toBeGreaterThan(0);
  expect(views).toMatchObject({ differences: [] });
});

describe('worker start', () => {
  const workerIds = async (): Promise<readonly string[]> =>
    (await json(['worker', 'ls'])).workers.map(({ workerId }: Json) => workerId);

  test.each([[[]], [['--unsafe-no-sandbox']]])('adds workers until Ctrl-C: %j', async flags => {
    const before = await workerIds();
    const running = startGobool(['worker', 'start', '--slots', '2', '--ndjson', ...flags], { cwd });
    await expect.poll(workerIds, { timeout: 60_000 }).toHaveLength(before.length + 2);
    const again = await json(['backtest', 'strategy.ts', '--data', 'prices.csv', '--cluster', '--no-store']);
    expect(again.resultHash).toBe(resultHash);
    running.kill('SIGINT');
    const { exitCode, stdout } = await running;
    expect(exitCode).toBe(130);
    const lines = stdout.split('\n').map(line => JSON.parse(line));
    expect(lines.filter(({ data }) => data.msg === 'listens')).toHaveLength(2);
    expect(lines.at(-1)).toMatchObject({
      type: 'worker-start',
      data: { ok: true, data: { isUnsafe: flags.length > 0 } },
    });
    await expect.poll(workerIds, { timeout: 30_000 }).toEqual(before);
    const settings = configDir(cluster.dir, 'worker');
    expect(existsSync(settings) && readdirSync(settings)).toEqual(['settings.json']);
  });
});
