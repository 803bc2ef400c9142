/** One task on an idle cluster, as the CLI submits it: from the submit to its first chunk, and to its result. */
import { setTimeout as pause } from 'node:timers/promises';
import { ClusterExecutor } from '../../../src/cluster/client/cluster-executor.ts';
import { gatewayClient } from '../../../src/cluster/client/gateway-client.ts';
import { DEFAULT_RUN_OPTIONS } from '../../../src/runtime/engine/run-options.ts';
import { DEFAULT_LIMITS } from '../../../src/runtime/host/executor.ts';
import type { BenchCluster } from '../../lib/bench-cluster.ts';
import { crossBundle } from '../../lib/cross-strategy.ts';
import { randomDataset } from '../../lib/market.ts';
import { median, type Row } from '../../lib/row.ts';

const BARS = 2_000;
const ROUNDS = 21;
/** The first ones upload and connect, and the services compile what they do often. */
const WARM_UPS = 20;
/** Until the next sandbox is warm. */
const IDLE_MS = 500;

export async function measureTask({ gateway }: BenchCluster): Promise<Row[]> {
  const bundle = await crossBundle();
  const input = { params: { fast: 10, slow: 30 }, feeds: [randomDataset(BARS, 1)], options: DEFAULT_RUN_OPTIONS };
  const executor = new ClusterExecutor(gatewayClient(gateway), { name: 'bench' });
  const [first, result]: [number[], number[]] = [[], []];
  for (let round = -WARM_UPS; round < ROUNDS; round++) {
    await pause(IDLE_MS);
    const startMs = performance.now();
    let firstMs = 0;
    const onChunk = () => {
      firstMs ||= performance.now() - startMs;
    };
    await executor.run(bundle, input, onChunk, { limits: DEFAULT_LIMITS });
    if (round < 0) continue;
    first.push(firstMs);
    result.push(performance.now() - startMs);
  }
  return [
    { name: 'cluster, submit to first chunk', value: median(first), unit: 'ms', wanted: 150 },
    { name: 'cluster, submit to result, 2,000 bars', value: median(result), unit: 'ms', wanted: 400 },
  ];
}
