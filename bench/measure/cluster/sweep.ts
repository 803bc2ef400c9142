/** A sweep of half a minute, here and on a cluster with as many workers as cores; and what a task costs by itself. */
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { ClusterExecutor } from '../../../src/cluster/client/cluster-executor.ts';
import { gatewayClient } from '../../../src/cluster/client/gateway-client.ts';
import { DEFAULT_RUN_OPTIONS } from '../../../src/runtime/engine/run-options.ts';
import { DEFAULT_LIMITS } from '../../../src/runtime/host/executor.ts';
import { type BenchCluster, callIn } from '../../lib/bench-cluster.ts';
import { CROSS, crossBundle } from '../../lib/cross-strategy.ts';
import { csvOf, randomBars, randomDataset } from '../../lib/market.ts';
import { compared, type Row } from '../../lib/row.ts';

const BARS = 100_000;
/** 54,000 sets: more than half a minute of work. */
const SPACE = ['--param', 'fast=5..64', '--param', 'slow=66..965'];
const ROUNDS = 3;
const SMALL_TASKS = 60;

export async function measureSweepOn(cluster: BenchCluster): Promise<Row[]> {
  const { project } = cluster;
  writeFileSync(join(project, 'strategy.ts'), CROSS);
  writeFileSync(join(project, 'minutes.csv'), csvOf(randomBars(BARS, 1)));
  // Engines and services that have just started are not what a cluster is like.
  elapsedMs(project, '--cluster');
  const here: number[] = [];
  const there: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    here.push(elapsedMs(project, '--workers', String(availableParallelism())));
    there.push(elapsedMs(project, '--cluster'));
  }
  return [
    { ...compared('sweep on the cluster, as many workers as cores', there, 'here', here), wanted: 1.3 },
    { name: 'cost of a task of a sweep, on its worker', value: await costOfTask(cluster), unit: 'ms' },
  ];
}

/** What the sweep itself says. */
function elapsedMs(project: string, ...where: readonly string[]): number {
  const args = ['sweep', 'strategy.ts', '--data', 'minutes.csv', '--fresh', '--json', ...SPACE, ...where];
  return JSON.parse(callIn(project, ...args)).data.elapsedMs;
}

/** Tasks in which nearly nothing is done. */
async function costOfTask({ gateway, offers }: BenchCluster): Promise<number> {
  const executor = new ClusterExecutor(gatewayClient(gateway), { name: 'bench' });
  const sets = Array.from({ length: SMALL_TASKS }, (_, i) => ({ fast: 5, slow: 30 + i }));
  const input = { sets, metrics: [], feeds: [randomDataset(100, 1)], options: DEFAULT_RUN_OPTIONS };
  const workers = (await offers.list()).length;
  const startMs = performance.now();
  await executor.sweep(await crossBundle(), input, { sliceSets: 1, onRows: () => {} }, { limits: DEFAULT_LIMITS });
  return ((performance.now() - startMs) * workers) / SMALL_TASKS;
}
