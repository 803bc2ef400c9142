/** What is stored of facts that come twice, late, or from two attempts. */
import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { memoryBus } from '../../../../src/cluster/adapters/memory/bus.ts';
import { memoryDocuments } from '../../../../src/cluster/adapters/memory/documents.ts';
import { runChanged } from '../../../../src/cluster/contracts/messages/run-changed.ts';
import { runSubmit } from '../../../../src/cluster/contracts/messages/run-submit.ts';
import { taskClaimed, taskCompleted, taskFailed } from '../../../../src/cluster/contracts/messages/task-events.ts';
import type { Fact } from '../../../../src/cluster/services/join/facts.ts';
import { WriterProgress } from '../../../../src/cluster/services/join/live/writer-progress.ts';
import { storeFacts } from '../../../../src/cluster/services/join/store/store-facts.ts';
import type { Views } from '../../../../src/cluster/services/join/store/views.ts';
import { WRITER_GROUP, WRITER_TOPICS } from '../../../../src/cluster/services/join/store/writer.ts';

const { taskId, runId } = taskClaimed.example;
const openMemory = (): Views => ({
  pieces: memoryDocuments(),
  claims: memoryDocuments(),
  tasks: memoryDocuments(),
  conflicts: memoryDocuments(),
  runs: memoryDocuments(),
  submissions: memoryDocuments(),
  rankings: memoryDocuments(),
});
const piece = (seq: number, attempt: number, text = 'a'): Fact => ({
  type: 'piece',
  taskId,
  runId,
  seq,
  attempt,
  hash: createHash('sha256').update(text).digest('hex'),
  body: Buffer.from(text),
});
const failed = (attempt: number, verdict: 'THROW' | 'WORKER' = 'THROW'): Fact => ({
  type: 'failed',
  message: { ...taskFailed.example, attempt, verdict },
});
const completed = (attempt: number): Fact => ({ type: 'completed', message: { ...taskCompleted.example, attempt } });
const changed = (version: number, state: 'queued' | 'running'): Fact => ({
  type: 'changed',
  message: { ...runChanged.example, version, state },
});
const submitted: Fact = {
  type: 'submitted',
  message: { ...runSubmit.example, submittedMs: 5 },
  correlationId: 'c-1',
};

async function stored(facts: readonly Fact[]) {
  const views = openMemory();
  for (const fact of facts) await storeFacts(views, [fact]);
  await storeFacts(views, facts);
  return views;
}

test('a piece is stored once, and another one in its place is a conflict', async () => {
  const views = await stored([piece(0, 1), piece(1, 1), piece(0, 2)]);
  expect(await views.pieces.get(`${taskId}:0`)).toMatchObject({ seq: 0, attempt: 1, size: 1 });
  expect(await views.conflicts.get(taskId)).toBeUndefined();
  await storeFacts(views, [piece(1, 2, 'b')]);
  expect(await views.pieces.get(`${taskId}:1`)).toMatchObject({ attempt: 1, size: 1 });
  expect(await views.conflicts.get(taskId)).toMatchObject({ seq: 1, attempt: 2 });
});

test.each<[string, readonly Fact[], object | undefined]>([
  ['the attempt that completed', [completed(1), failed(2)], { state: 'completed', attempt: 1 }],
  ['it, also when it comes last', [failed(2), completed(1)], { state: 'completed', attempt: 1 }],
  ['the first of two that completed', [completed(1), completed(2)], { state: 'completed', attempt: 1 }],
  ['the later failure', [failed(2), failed(1)], { state: 'failed', attempt: 2, verdict: 'THROW' }],
  ['no failure after which another attempt follows', [failed(1, 'WORKER')], undefined],
])('of a task counts %s', async (_what, facts, expected) => {
  const views = await stored(facts);
  const task = await views.tasks.get(taskId);
  if (expected === undefined) expect(task).toBeUndefined();
  else expect(task).toMatchObject(expected);
});

test.each<[string, readonly Fact[], object]>([
  ['accepted, while nothing else is known', [submitted], { version: 0, state: 'accepted', submittedMs: 5 }],
  [
    'as of its latest version',
    [submitted, changed(1, 'queued'), changed(2, 'running'), changed(1, 'queued')],
    { version: 2, state: 'running', submittedMs: 5 },
  ],
  ['as of its latest version, whoever was first', [changed(1, 'queued'), submitted], { version: 1, state: 'queued' }],
])('a run is %s', async (_what, facts, expected) => {
  expect(await (await stored(facts)).runs.get(runId)).toMatchObject(expected);
});

test('of two submissions of a run that come together the first counts, whichever write is done first', async () => {
  const views = openMemory();
  const { mergeIfGreater } = views.runs;
  let waitMs = 20;
  const runs: Views['runs'] = {
    ...views.runs,
    mergeIfGreater: async (...write) => {
      waitMs -= 10;
      await pause(waitMs);
      return await mergeIfGreater(...write);
    },
  };
  const again = { ...submitted, message: { ...runSubmit.example, submittedMs: 6, name: 'other.ts' } };
  await storeFacts({ ...views, runs }, [submitted, again]);
  expect(await views.runs.get(runSubmit.example.runId)).toMatchObject({ submittedMs: 5, name: runSubmit.example.name });
});

test('the store has caught up when the group stands where the log ended at the question, and only then', async () => {
  const bus = memoryBus();
  for (const topic of WRITER_TOPICS) bus.makeTopic(topic, 2);
  const stop = new AbortController();
  const progress = new WriterProgress(bus, stop.signal);
  await progress.caughtUp();
  await bus.publish('results', [{ key: 'a', value: 'x' }]);
  const order: string[] = [];
  const first = progress.caughtUp().then(() => order.push('first'));
  await new Promise(resolve => setTimeout(resolve, 120));
  expect(order).toEqual([]);
  const handler = async () => void order.push('stored');
  await bus.subscribe({ group: WRITER_GROUP, topics: WRITER_TOPICS, from: 'beginning', handler });
  await first;
  expect(order).toEqual(['stored', 'first']);
  stop.abort();
});
