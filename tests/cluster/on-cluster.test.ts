/** `--cluster` as a user runs it: the same results as on this machine, the same errors, and runs that are left. */
import { globSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { urlOf } from '../../src/cluster/dev/addresses.ts';
import type { ClusterFacts } from '../../src/cluster/dev/cluster-facts.ts';
import { readApiKey } from '../../src/cluster/dev/state/api-key.ts';
import { document, gobool, REPOSITORY, startGobool, temporaryFolder } from '../helpers/cli.ts';
import { ALTERNATING, pricesCsv, strategyText } from '../helpers/cli-project.ts';
import { clusterProject, serviceCluster } from '../helpers/test-cluster.ts';

const EXAMPLES = globSync('examples/strategies/*.ts', { cwd: REPOSITORY }).map(file => join(REPOSITORY, file));
/** Whatever of a strategy runs, runs on the cluster. */
const ONLY_CLUSTER = { GOBOOL_LOCAL_EXECUTOR: 'off' };
const BACKTEST = ['backtest', 'strategy.ts', '--data', 'prices.csv'];

let cluster: ClusterFacts;
let cwd: string;

beforeAll(async () => {
  cluster = await serviceCluster();
  cwd = clusterProject('services');
  writeFileSync(join(cwd, 'prices.csv'), pricesCsv(300));
  writeFileSync(join(cwd, 'strategy.ts'), ALTERNATING);
});

const here = (args: readonly string[]) => gobool([...args, '--no-store'], { cwd });
const onCluster = (args: readonly string[]) => gobool([...args, '--cluster'], { cwd, env: ONLY_CLUSTER });

/** A strategy file of the project. */
function strategy(name: string, body: string): string {
  writeFileSync(join(cwd, name), strategyText(body));
  return name;
}

describe('a backtest', () => {
  test.each(EXAMPLES)('of %s is what it is here, and says who ran it', async file => {
    const [local, remote] = await Promise.all([
      here(['backtest', file, '--json']),
      onCluster(['backtest', file, '--json', '--no-store']),
    ]);
    const { cluster: evidence, ...result } = document(remote).data;
    const expected = document(local).data;
    const { runId, elapsedMs } = result;
    expect(result).toEqual({ ...expected, runId, elapsedMs });
    expect(result.resultHash).toMatch(/^[0-9a-f]{64}$/);
    expect(evidence).toMatchObject({
      worker: expect.stringMatching(/^w-[0-9a-f]{12}$/),
      pid: expect.any(Number),
      attempts: 1,
      elapsedMs: expect.any(Number),
    });
  });

  test('lands in the store of the project, like one that ran here', async () => {
    const { stdout, exitCode } = await onCluster(BACKTEST);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/worker +w-[0-9a-f]{12}, process \d+, (CPU \d+, )?attempt 1, [\d.]+ m?s$/m);
    const shown = document(await gobool(['run', 'show', 'last', '--json'], { cwd })).data;
    expect(stdout).toContain(shown.resultHash);
  });

  test('with a report computes its indicators there, too', async () => {
    const { stdout, stderr } = await onCluster([...BACKTEST, '--report', 'report.html', '--json']);
    expect([document({ stdout }).ok, stderr]).toEqual([true, '']);
  });

  test('of a cluster that is named by its address takes the key from the environment', async () => {
    const address = { GOBOOL_CLUSTER: urlOf('gateway', cluster.ports), GOBOOL_API_KEY: readApiKey(cluster.dir) ?? '' };
    const env = { ...ONLY_CLUSTER, ...address };
    const remote = await gobool([...BACKTEST, '--cluster', '--no-store', '--json'], { cwd, env });
    expect(document(remote).data.resultHash).toBe(document(await here([...BACKTEST, '--json'])).data.resultHash);
  });
});

describe('a strategy that fails', () => {
  const both = async (file: string) => {
    const args = ['backtest', file, '--data', 'prices.csv'];
    const [local, remote] = await Promise.all([here(args), onCluster([...args, '--no-store'])]);
    expect(remote).toEqual(local);
    return remote;
  };

  test('in a bar has the same code frame and exit code as here', async () => {
    const file = strategy('throws.ts', `\n  onBar({ bar }) {\n    if (bar.index === 30) throw new Error('no');\n  },`);
    const { stderr, exitCode } = await both(file);
    expect(exitCode).toBe(3);
    expect(stderr).toContain("> 6 |     if (bar.index === 30) throw new Error('no');");
    expect(stderr).toContain('at bar 30 of main');
  });

  test('before its first bar, too', async () => {
    const { stderr } = await both(
      strategy('top.ts', `\n  onBar() {},\n});\nconst none: number[] = [];\nnone[0].toFixed(0);\n({`),
    );
    expect(stderr).toContain('GB_STRATEGY_THREW');
  });
});

describe('a sweep', () => {
  test('is that of this machine: sets, hashes, ranks, metrics', async () => {
    const args = ['sweep', EXAMPLES.find(file => file.endsWith('sma-cross.ts')) ?? '', '--no-store', '--json'];
    const grid = ['--param', 'fast=5..30:1', '--param', 'slow=20..120:5', '--where', 'fast<slow'];
    const local = document(await gobool([...args, ...grid], { cwd })).data;
    const { cluster: evidence, ...remote } = document(await onCluster([...args, ...grid])).data;
    const { elapsedMs, rate, workers } = remote;
    expect(remote).toEqual({ ...local, elapsedMs, rate, workers });
    expect(remote.runs).toHaveLength(528);
    expect(new Set(evidence.tasks.map(({ taskId }: { taskId: string }) => taskId)).size).toBeGreaterThan(8);
  });

  test('that was done before runs nothing again', async () => {
    const args = ['sweep', 'strategy.ts', '--data', 'prices.csv', '--param', 'every=1..12:1', '--json'];
    const first = document(await onCluster(args)).data;
    const again = document(await onCluster(args)).data;
    expect([first.resumed, again.resumed]).toEqual([0, 12]);
    expect(again.runs).toEqual(first.runs);
  });
});

describe('a run that nobody waits for', () => {
  const SLOW = `
  onBar({ order }) {
    let sum = 0;
    for (let i = 0; i < 1e7; i++) sum += i % 7;
    order.target(sum % 2);
  },`;
  const stateOf = async (runId: string): Promise<string> =>
    document(await gobool(['run', 'show', runId, '--json'], { cwd })).data.state;

  test('is left by Ctrl-C; its tail puts it into the store, with the hash that it has here', async () => {
    const args = ['backtest', strategy('slow.ts', SLOW), '--data', 'prices.csv'];
    const running = startGobool([...args, '--cluster', '--ndjson'], { cwd });
    let heard = '';
    running.stdout.on('data', text => {
      heard += text;
    });
    await expect.poll(() => heard, { timeout: 60_000 }).toContain('"claimed"');
    running.kill('SIGINT');
    const { exitCode, stdout } = await running;
    const { error } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '').data;
    expect([exitCode, error.code]).toEqual([130, 'GB_RUN_LEFT']);
    const runId = /r-[0-9a-f]{24}/.exec(error.hint)?.[0] ?? '';
    writeFileSync(join(cwd, 'slow.ts'), 'it is another one now');
    const landed = document(await gobool(['run', 'tail', runId, '--json'], { cwd, env: ONLY_CLUSTER })).data;
    strategy('slow.ts', SLOW);
    expect(landed.resultHash).toBe(document(await here([...args, '--json'])).data.resultHash);
    const shown = document(await gobool(['run', 'show', landed.runId, '--json'], { cwd })).data;
    expect(shown.resultHash).toBe(landed.resultHash);
    const again = document(await gobool(['run', 'tail', runId, '--json'], { cwd })).data;
    expect(again.runId).toBe(landed.runId);
  });

  test('is detached; another project sees its result and keeps nothing', async () => {
    const { stdout: runId, stderr, exitCode } = await onCluster([...BACKTEST, '--detach']);
    expect([exitCode, runId]).toEqual([0, expect.stringMatching(/^r-[0-9a-f]{24}$/)]);
    expect(stderr).toContain(`gobool run tail ${runId}`);
    const address = { GOBOOL_CLUSTER: urlOf('gateway', cluster.ports), GOBOOL_API_KEY: readApiKey(cluster.dir) ?? '' };
    const elsewhere = await gobool(['run', 'tail', runId], { cwd: temporaryFolder(), env: address });
    const { resultHash } = document(await gobool(['run', 'tail', runId, '--json'], { cwd })).data;
    expect(elsewhere.stdout).toContain(resultHash);
    expect(elsewhere.stderr).toContain('keeps nothing of it');
  });

  test('may be a sweep: landed, it is that of this machine, and proved', async () => {
    const args = ['sweep', 'strategy.ts', '--data', 'prices.csv', '--param', 'every=1..40:1'];
    const { stdout: runId } = await onCluster([...args, '--detach']);
    const local = document(await here([...args, '--json'])).data;
    const landed = document(await gobool(['run', 'tail', runId, '--json'], { cwd, env: ONLY_CLUSTER })).data;
    expect(landed.runs).toEqual(local.runs);
    expect(document(await onCluster([...args, '--json'])).data.resumed).toBe(40);
  });

  test('is cancelled by name, and nothing of it goes on', async () => {
    const file = strategy('endless.ts', SLOW.replace('1e7', '3e8'));
    const { stdout: runId } = await onCluster(['backtest', file, '--data', 'prices.csv', '--detach']);
    await expect.poll(() => stateOf(runId), { timeout: 60_000 }).toBe('running');
    await gobool(['run', 'cancel', runId], { cwd });
    const { exitCode, stderr } = await gobool(['run', 'tail', runId], { cwd });
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('GB_RUN_CANCELLED')]);
    expect(await stateOf(runId)).toBe('cancelled');
  });
});
