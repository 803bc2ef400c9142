/** `--cluster` as a user runs it: the same results as on this machine, the same errors, and Ctrl-C. */
import { globSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { urlOf } from '../../src/cluster/dev/addresses.ts';
import type { ClusterFacts } from '../../src/cluster/dev/cluster-facts.ts';
import { readApiKey } from '../../src/cluster/dev/state/api-key.ts';
import { document, gobool, REPOSITORY, startGobool } from '../helpers/cli.ts';
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

test('Ctrl-C cancels the run, and nothing of it goes on', async () => {
  const file = strategy(
    'slow.ts',
    `\n  onBar({ order }) {\n    let sum = 0;\n    for (let i = 0; i < 3e8; i++) sum += i % 7;\n    order.target(sum % 2);\n  },`,
  );
  const running = startGobool(['backtest', file, '--data', 'prices.csv', '--cluster'], { cwd });
  const runs = async (): Promise<{ kind: string; name: string; state: string; tasks: { running: number } }[]> => {
    const answer = await fetch(`http://127.0.0.1:${cluster.ports.join}/runs`);
    return ((await answer.json()) as { runs: [] }).runs;
  };
  const slow = async () => (await runs()).find(({ kind, name }) => kind === 'run' && name === basename(file));
  await expect.poll(slow, { timeout: 60_000 }).toMatchObject({ state: 'running' });
  running.kill('SIGINT');
  const { exitCode, stderr } = await running;
  expect(exitCode).toBe(130);
  expect(stderr).toContain('GB_RUN_CANCELLED');
  await expect.poll(slow, { timeout: 20_000 }).toMatchObject({ state: 'cancelled', tasks: { running: 0 } });
});
