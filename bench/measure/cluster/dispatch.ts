/** How many tasks a second go through command, to workers that complete each at once. */
import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { encodeMessage, type MessageOf } from '../../../src/cluster/contracts/define-message.ts';
import { EXAMPLES } from '../../../src/cluster/contracts/fields.ts';
import type { runChanged } from '../../../src/cluster/contracts/messages/run-changed.ts';
import { runSubmit } from '../../../src/cluster/contracts/messages/run-submit.ts';
import type { RunSpec } from '../../../src/cluster/contracts/run-spec.ts';
import type { BenchCluster } from '../../lib/bench-cluster.ts';
import { startBenchWorkers } from '../../lib/bench-workers.ts';
import { median, type Row } from '../../lib/row.ts';

const WORKERS = 32;
const WARM_UP = 500;
const TASKS = 3_000;
const ROUNDS = 3;

export async function measureDispatch(cluster: BenchCluster): Promise<Row[]> {
  const ended = await endings(cluster);
  await startBenchWorkers(cluster, WORKERS);
  await secondsOf(cluster, WARM_UP, ended);
  const rates: number[] = [];
  for (let round = 0; round < ROUNDS; round++) rates.push(TASKS / (await secondsOf(cluster, TASKS, ended)));
  return [{ name: `tasks dispatched to ${WORKERS} workers`, value: median(rates), unit: 'tasks/s', wanted: 300 }];
}

/** Runs that are over; grows. */
async function endings({ bus }: BenchCluster): Promise<ReadonlySet<string>> {
  const ended = new Set<string>();
  const subscription = await bus.subscribe({
    group: `bench-${randomBytes(6).toString('hex')}`,
    topics: ['run-events'],
    from: 'latest',
    handler: async ({ value }) => {
      const { runId, state }: MessageOf<typeof runChanged> = JSON.parse(value.toString());
      if (state === 'completed') ended.add(runId);
    },
  });
  await subscription.positioned;
  return ended;
}

/** A sweep of so many tasks, from its submit to its end. */
async function secondsOf({ bus }: BenchCluster, tasks: number, ended: ReadonlySet<string>): Promise<number> {
  const runId = `r-${randomBytes(12).toString('hex')}`;
  const { hash } = EXAMPLES;
  const limits = { barTimeoutMs: 1_000, memoryMb: 64 };
  const spec: RunSpec = { kind: 'sweep', bundle: hash, input: hash, datasets: [], limits, sets: tasks, sliceSets: 1 };
  const submit = { ...runSubmit.example, runId, spec, submittedMs: Date.now() };
  const headers = { type: runSubmit.type, 'correlation-id': runId };
  const startMs = performance.now();
  await bus.publish('commands', [{ key: runId, value: encodeMessage(runSubmit, submit), headers }]);
  while (!ended.has(runId)) await pause(5);
  return (performance.now() - startMs) / 1_000;
}
