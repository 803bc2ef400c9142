import { expect, test } from 'vitest';
import { EXAMPLES } from '../../../../../src/cluster/contracts/fields.ts';
import { runSubmit } from '../../../../../src/cluster/contracts/messages/run-submit.ts';
import type { Queries } from '../../../../../src/cluster/ports/sql.ts';
import { newCounters } from '../../../../../src/cluster/services/command/counters.ts';
import { commandMetrics } from '../../../../../src/cluster/services/command/metrics.ts';
import { decideSubmit } from '../../../../../src/cluster/services/command/run/decide-run.ts';
import { newRun } from '../../../../../src/cluster/services/command/run/run.ts';
import { Changes } from '../../../../../src/cluster/services/command/store/changes.ts';
import { newTask } from '../../../../../src/cluster/services/command/task/task.ts';
import { GoboolError } from '../../../../../src/runtime/base/error.ts';

const { runId, taskId, workerId, hash } = EXAMPLES;
const SUBMITTED_MS = 1_000_000;
const CASES = { retrying: 1, open: 2 };

async function valuesOf(metrics: ReturnType<typeof commandMetrics>) {
  const lines = (await metrics.page()).matchAll(/^gobool_command_(\w+)\{(.*?)(?:,?service="command",?)(.*?)\} (.+)$/gm);
  return Object.fromEntries([...lines].map(([, name, a, b, value]) => [`${name} ${a}${b}`.trim(), Number(value)]));
}

test('shows the queue, and what the replica did', async () => {
  const counters = { ...newCounters(), commands: 3, ignoredCommands: 1, fencedFacts: 2 };
  const queue = { queued: 5, dispatched: 1, running: 2, oldestMs: Date.now() - 60_000, outbox: 4 };
  const values = await valuesOf(commandMetrics({ counters, queue: async () => queue, cases: async () => CASES }));
  expect(values).toMatchObject({
    queue_tasks: 5,
    'taken_tasks state="dispatched"': 1,
    'taken_tasks state="running"': 2,
    outbox_messages: 4,
    'cases state="retrying"': 1,
    'cases state="open"': 2,
    'commands_total result="applied"': 3,
    'commands_total result="ignored"': 1,
    fenced_writes_total: 2,
  });
  expect(values.queue_age_seconds).toBeGreaterThanOrEqual(60);
});

test('while PostgreSQL is away it shows what it did itself', async () => {
  const queue = async () => {
    throw new GoboolError('GB_SQL_UNAVAILABLE', 'away');
  };
  const values = await valuesOf(commandMetrics({ counters: { ...newCounters(), sent: 7 }, queue, cases: queue }));
  expect(values).toMatchObject({ queue_tasks: Number.NaN, queue_age_seconds: Number.NaN, sent_messages_total: 7 });
});

/** Everything that is written is met. */
const ACCEPTING: Queries = {
  query: async <Row extends object>(_text: string, [, runs, , tasks]: readonly unknown[] = []) =>
    [{ runs: JSON.parse(String(runs)).length, tasks: JSON.parse(String(tasks)).length }] as unknown as Row[],
};

test('tells how long tasks and runs take, as they are written', async () => {
  const metrics = commandMetrics({
    counters: newCounters(),
    queue: async () => ({ queued: 0, dispatched: 0, running: 0, oldestMs: null, outbox: 0 }),
    cases: async () => CASES,
  });
  const submit = { ...runSubmit.example, submittedMs: SUBMITTED_MS };
  const run = newRun(runId, decideSubmit(submit, { correlationId: 'c', traceparent: null, place: 1 }));
  const queued = { type: 'queued', runId, number: 0, keyId: 'k', priority: 0, place: 1 } as const;
  const changes = new Changes(ACCEPTING, SUBMITTED_MS + 900);
  changes.runs.load(runId, run);
  changes.tasks.load(taskId, {
    ...newTask(taskId, queued),
    state: 'dispatched',
    attempt: 1,
    dispatchedMs: SUBMITTED_MS + 300,
    workerId,
  });
  changes.tasks.append(taskId, { type: 'claimed', pid: 1, cpu: null });
  changes.tasks.append(taskId, { type: 'completed', pieces: 1, rootHash: hash, elapsedMs: 1 });
  changes.runs.append(runId, { type: 'progressed', state: 'completed', completed: 1, failed: 0, running: 0, ill: 0 });
  await changes.save();
  const values = await valuesOf(metrics);
  expect(values).toMatchObject({
    'ended_tasks_total state="completed"': 1,
    'task_seconds_sum stage="queued"': 0.3,
    'task_seconds_sum stage="claimed"': 0.6,
    'task_seconds_sum stage="completed"': 0.6,
    'run_seconds_sum state="completed"': 0.9,
  });
});
