/** `gobool cluster chaos` as a user runs it: a short round of it on every run of the tests. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { ClusterFacts } from '../../src/cluster/dev/cluster-facts.ts';
import { document, startGobool } from '../helpers/cli.ts';
import { pricesCsv, strategyText } from '../helpers/cli-project.ts';
import { clusterCommand } from '../helpers/cluster-command.ts';
import { clusterProject, serviceCluster } from '../helpers/test-cluster.ts';

const LONG = 'params: {},\n  onBar() {\n    for (let i = 0; i < 3e7; i++) Math.sqrt(i);\n  },';
/** What failed with a seed is done again with it. */
const SEED = process.env.GOBOOL_SEED ?? String(Math.floor(Math.random() * 1_000_000));

let cluster: ClusterFacts;

beforeAll(async () => {
  cluster = await serviceCluster();
});

const chaos = (...args: readonly string[]) => clusterCommand(clusterProject('services'), ['chaos', ...args]);

test(`services killed and stopped under load lose nothing (seed ${SEED})`, async () => {
  const killed = await chaos('--only', 'gateway,command,worker,join', '--faults', 'kill', '--seed', SEED, '--json');
  const stopped = await chaos('--only', 'worker', '--faults', 'stop', '--seed', SEED, '--json');
  for (const result of [killed, stopped]) {
    const { isWhole, rounds } = document(result).data;
    expect(rounds.flatMap(({ offences }: { offences: unknown[] }) => offences)).toEqual([]);
    expect({ isWhole, exitCode: result.exitCode }).toEqual({ isWhole: true, exitCode: 0 });
    for (const { runs, pieces, recoveredMs } of rounds) expect(Math.min(runs, pieces, recoveredMs)).toBeGreaterThan(0);
  }
}, 600_000);

test('a cluster on which somebody works is left alone', async () => {
  const cwd = clusterProject('services');
  writeFileSync(join(cwd, 'prices.csv'), pricesCsv(3_000));
  writeFileSync(join(cwd, 'long.ts'), strategyText(LONG));
  const running = startGobool(['backtest', 'long.ts', '--data', 'prices.csv', '--cluster', '--no-store'], { cwd });
  const states = async () => {
    const answer = await fetch(`http://127.0.0.1:${cluster.ports.join}/runs?limit=5`);
    const { runs } = (await answer.json()) as { runs: { kind: string; state: string }[] };
    return runs.map(({ kind, state }) => `${kind} ${state}`);
  };
  await expect.poll(states, { timeout: 60_000 }).toContain('run running');
  const { exitCode, stderr } = await chaos('--seed', SEED);
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/GB_USAGE The cluster is in use: run r-[0-9a-f]{24} is not over/);
  running.kill('SIGINT');
  await running;
});
