import { describe, expect, test } from 'vitest';
import { EXAMPLES } from '../../../../../src/cluster/contracts/fields.ts';
import type { Verdict } from '../../../../../src/cluster/contracts/messages/task-events.ts';
import type { Policies } from '../../../../../src/cluster/services/command/hospital/policies.ts';
import { decideTask, type TaskFact } from '../../../../../src/cluster/services/command/task/decide-task.ts';
import {
  evolveTask,
  newTask,
  type Task,
  type TaskEvent,
} from '../../../../../src/cluster/services/command/task/task.ts';
import { SERVICE_ERRORS } from '../../../../../src/runtime/base/error-codes/services.ts';

const NOW_MS = 1_000_000;
const { taskId, runId, workerId, hash } = EXAMPLES;
const STRANGER = 'w-ffffffffffff';

const QUEUED = newTask(taskId, { type: 'queued', runId, number: 0, keyId: 'k-1', priority: 0, place: 1 });
const DISPATCHED: Task = { ...QUEUED, state: 'dispatched', attempt: 2, workerId, slot: 7, partition: 3 };
const RUNNING: Task = { ...DISPATCHED, state: 'running' };
const ILL: Task = { ...RUNNING, state: 'hospital', failures: 3, losses: 1 };
const ENDED = (['completed', 'failed', 'cancelled'] as const).map((state): Task => ({ ...RUNNING, state }));

const subject = { taskId, runId, attempt: 2, workerId, slot: 7 };
const dispatch: TaskFact = { type: 'dispatch', workerId, slot: 7, partition: 3 };
const claimed: TaskFact = { type: 'claimed', ...subject, pid: 1, cpu: 0 };
const completed: TaskFact = { type: 'completed', ...subject, pieces: 1, rootHash: hash, elapsedMs: 1 };
const error = { code: 'GB_STRATEGY_THREW', message: 'no' };
const failed = (verdict: Verdict): TaskFact => ({ type: 'failed', ...subject, verdict, error });
const returned: TaskFact = { type: 'returned', ...subject, reason: 'busy' };
const unclaimed: TaskFact = { type: 'unclaimed', attempt: 2 };
const lost: TaskFact = { type: 'lost', attempt: 2, workerId };
const drop: TaskFact = { type: 'drop' };
const retry: TaskFact = { type: 'retry' };
const discard: TaskFact = { type: 'discard', error };

const typeOf = (task: Task, fact: TaskFact) => decideTask(task, fact, NOW_MS)?.type;

test.each<[string, TaskFact, (TaskEvent['type'] | undefined)[]]>([
  //                        queued        dispatched   running      hospital
  ['dispatch', dispatch, ['dispatched', undefined, undefined, undefined]],
  ['claimed', claimed, [undefined, 'claimed', undefined, undefined]],
  ['completed', completed, [undefined, 'completed', 'completed', undefined]],
  ['failed', failed('THROW'), [undefined, 'failed', 'failed', undefined]],
  ['returned', returned, [undefined, 'requeued', 'requeued', undefined]],
  ['unclaimed', unclaimed, [undefined, 'requeued', undefined, undefined]],
  ['lost', lost, [undefined, 'requeued', 'requeued', undefined]],
  ['drop', drop, ['cancelled', 'cancelled', 'cancelled', 'cancelled']],
  ['retry', retry, [undefined, undefined, undefined, 'requeued']],
  ['discard', discard, [undefined, undefined, undefined, 'failed']],
])('%s: by the state of the task', (_, fact, expected) => {
  expect([QUEUED, DISPATCHED, RUNNING, ILL].map(task => typeOf(task, fact))).toEqual(expected);
  expect(ENDED.map(task => typeOf(task, fact))).toEqual([undefined, undefined, undefined]);
});

describe('the fence', () => {
  const facts = [claimed, completed, failed('THROW'), returned, unclaimed, lost];

  test.each(facts)('$type of an earlier or later attempt changes nothing', fact => {
    for (const attempt of [1, 3])
      expect([DISPATCHED, RUNNING].map(task => typeOf({ ...task, attempt }, fact))).toEqual([undefined, undefined]);
  });

  test.each([claimed, completed, failed('THROW'), lost])('$type of another worker changes nothing', fact => {
    const stranger = { ...fact, workerId: STRANGER } as TaskFact;
    expect([DISPATCHED, RUNNING].map(task => typeOf(task, stranger))).toEqual([undefined, undefined]);
  });

  test('a stranger may return what nobody took, not what somebody runs', () => {
    const stranger: TaskFact = { ...subject, type: 'returned', reason: 'not mine', workerId: STRANGER };
    expect([DISPATCHED, RUNNING].map(task => typeOf(task, stranger))).toEqual(['requeued', undefined]);
  });
});

describe('failures', () => {
  const outcome = (task: Task, verdict: Verdict) => decideTask(task, failed(verdict), NOW_MS);

  test.each<Verdict>(['THROW', 'TIMEOUT', 'OOM', 'PROTOCOL'])('%s is final', verdict => {
    expect(outcome(RUNNING, verdict)).toEqual({ type: 'failed', verdict, error });
  });

  test.each<Verdict>(['EXIT', 'WORKER', 'CANCELLED'])(
    '%s is tried four times, with pauses, then it is ill',
    verdict => {
      const requeued = (pauseMs: number) => ({
        type: 'requeued',
        reason: 'failed',
        notBeforeMs: NOW_MS + pauseMs,
        detail: `${verdict} GB_STRATEGY_THREW: no`,
      });
      expect(outcome(RUNNING, verdict)).toEqual(requeued(1_000));
      expect(outcome({ ...RUNNING, failures: 1 }, verdict)).toEqual(requeued(5_000));
      expect(outcome({ ...RUNNING, failures: 2 }, verdict)).toEqual(requeued(30_000));
      expect(outcome({ ...RUNNING, failures: 3 }, verdict)).toEqual({ type: 'hospital', verdict, error });
    },
  );

  test('pauses, and what comes after them, are a matter of policy', () => {
    const decide = (failures: number, policies: Policies) =>
      decideTask({ ...RUNNING, failures }, failed('EXIT'), NOW_MS, policies);
    const once: Policies = { '*': { retryMs: [7], finally: 'ignore' } };
    expect(decide(0, once)).toMatchObject({ type: 'requeued', notBeforeMs: NOW_MS + 7 });
    expect(decide(1, once)).toMatchObject({ type: 'failed' });
    expect(decide(0, { GB_STRATEGY_THREW: { retryMs: [], finally: 'notify' } })).toMatchObject({ type: 'hospital' });
  });

  test('a task under which ten workers vanished is ill', () => {
    expect(decideTask({ ...RUNNING, losses: 8 }, lost, NOW_MS)).toMatchObject({
      type: 'requeued',
      notBeforeMs: NOW_MS,
    });
    const event = decideTask({ ...RUNNING, losses: 9 }, lost, NOW_MS);
    expect(event).toMatchObject({ type: 'hospital', verdict: 'WORKER', error: { code: 'GB_TASK_WORKERS_LOST' } });
    expect(SERVICE_ERRORS).toHaveProperty('GB_TASK_WORKERS_LOST');
  });

  test.each([
    [3, 0],
    [4, 100],
    [6, 400],
    [20, 5_000],
  ])('returned at attempt %i it waits %i ms', (attempt, pauseMs) => {
    const fact: TaskFact = { ...subject, type: 'returned', reason: 'busy', attempt };
    expect(decideTask({ ...DISPATCHED, attempt }, fact, NOW_MS)).toMatchObject({ notBeforeMs: NOW_MS + pauseMs });
  });
});

describe('what events add up to', () => {
  const fold = (...events: readonly TaskEvent[]) => events.reduce(evolveTask, QUEUED);
  const dispatched: TaskEvent = { type: 'dispatched', attempt: 1, dispatchedMs: 5, workerId, slot: 7, partition: 3 };
  const requeued = (reason: 'unclaimed' | 'returned' | 'failed' | 'lost'): TaskEvent => ({
    type: 'requeued',
    reason,
    notBeforeMs: 9,
  });

  test('a dispatch names attempt and place', () => {
    expect(fold(dispatched)).toEqual({
      ...QUEUED,
      version: 2,
      state: 'dispatched',
      attempt: 1,
      dispatchedMs: 5,
      workerId,
      slot: 7,
      partition: 3,
    });
  });

  test('a slot that never answered is open again; one that did is used', () => {
    expect(fold(dispatched, requeued('unclaimed'))).toMatchObject({ state: 'queued', workerId: null, slot: null });
    expect(fold(dispatched, requeued('returned'))).toMatchObject({ state: 'queued', workerId, slot: 7 });
  });

  test('one that a person wants to be tried again begins afresh', () => {
    const event = decideTask(ILL, retry, NOW_MS)!;
    expect(evolveTask(ILL, event)).toMatchObject({ state: 'queued', failures: 0, losses: 0, notBeforeMs: NOW_MS });
  });

  test('failures and losses are counted, the place is kept', () => {
    const task = fold(dispatched, requeued('failed'), dispatched, requeued('lost'), dispatched, requeued('lost'));
    expect(task).toMatchObject({ failures: 1, losses: 2, place: 1, version: 7, notBeforeMs: 9 });
  });
});
