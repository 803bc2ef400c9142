import { describe, expect, test } from 'vitest';
import { EXAMPLES } from '../../../../../src/cluster/contracts/fields.ts';
import { runSubmit } from '../../../../../src/cluster/contracts/messages/run-submit.ts';
import type { RunSpec } from '../../../../../src/cluster/contracts/run-spec.ts';
import {
  decideAgain,
  decideCancel,
  decideDeadline,
  decideProgress,
  decideReorder,
  decideSubmit,
} from '../../../../../src/cluster/services/command/run/decide-run.ts';
import { evolveRun, newRun, type Run } from '../../../../../src/cluster/services/command/run/run.ts';
import { taskCount, taskSpec } from '../../../../../src/cluster/services/command/run/task-spec.ts';
import { newTask, type Task } from '../../../../../src/cluster/services/command/task/task.ts';

const { runId, taskId, hash } = EXAMPLES;
const limits = { barTimeoutMs: 1, memoryMb: 16 };
const sweep = (sets: number, sliceSets: number): RunSpec => ({
  kind: 'sweep',
  bundle: hash,
  input: hash,
  datasets: [],
  limits,
  sets,
  sliceSets,
});
const submit = { ...runSubmit.example, spec: sweep(10, 3) };
const arrival = { correlationId: 'c-1', traceparent: null, place: 5 };
const RUN = newRun(runId, decideSubmit(submit, arrival));

const TASK = newTask(taskId, { type: 'queued', runId, number: 0, keyId: 'k-1', priority: 0, place: 1 });
const error = { code: 'GB_STRATEGY_THREW', message: 'no' };
const change = (from: Task['state'], to: Task['state']) => ({
  before: { ...TASK, state: from },
  after: { ...TASK, state: to },
  ...((to === 'failed' || to === 'hospital') && { error }),
});

describe('submit', () => {
  test('a run of four tasks is queued', () => {
    expect(RUN).toMatchObject({ state: 'queued', version: 1, total: 4, place: 5, correlationId: 'c-1', error: null });
  });

  test('a run of too many tasks is rejected', () => {
    const run = newRun(runId, decideSubmit({ ...submit, spec: sweep(10_001, 1) }, arrival));
    expect(run).toMatchObject({ state: 'rejected', error: { code: 'GB_RUN_TOO_LARGE' } });
    expect(newRun(runId, decideSubmit({ ...submit, spec: sweep(10_000, 1) }, arrival)).state).toBe('queued');
  });

  test('the same again is nothing new, something else is refused and changes nothing but the version', () => {
    expect(decideAgain(RUN, submit)).toBeUndefined();
    const event = decideAgain(RUN, { ...submit, payloadHash: 'f'.repeat(64) });
    expect(event).toEqual({ type: 'refused', payloadHash: 'f'.repeat(64) });
    expect(event && evolveRun(RUN, event)).toEqual({ ...RUN, version: 2 });
  });
});

describe('cancel', () => {
  test('a run that is not over is cancelled, by its own key', () => {
    const run: Run = { ...RUN, state: 'running', completed: 1, running: 2 };
    expect(decideCancel(run, RUN.keyId)).toEqual({
      type: 'progressed',
      state: 'cancelled',
      completed: 1,
      failed: 0,
      running: 0,
      ill: 0,
    });
    expect(decideCancel(run, 'k-other')).toBeUndefined();
  });

  test.each(['completed', 'failed', 'cancelled', 'rejected'] as const)('a run that is %s stays so', state => {
    expect(decideCancel({ ...RUN, state }, RUN.keyId)).toBeUndefined();
    expect(decideProgress({ ...RUN, state }, [change('queued', 'running')])).toBeUndefined();
  });
});

describe('reorder', () => {
  const { keyId, priority, place } = RUN;

  test('a run that is not over is moved, by its own key', () => {
    const event = decideReorder(RUN, { runId, keyId, priority: 7 }, place);
    expect(event).toEqual({ type: 'moved', priority: 7, place });
    expect(event && evolveRun(RUN, event)).toEqual({ ...RUN, priority: 7, version: 2 });
    expect(decideReorder({ ...RUN, state: 'running' }, { runId, keyId, to: 'front' }, -9)).toEqual({
      type: 'moved',
      priority,
      place: -9,
    });
    expect(decideReorder(RUN, { runId, keyId: 'k-other', priority: 7 }, place)).toBeUndefined();
  });

  test('where it is already, it is not moved', () => {
    expect(decideReorder(RUN, { runId, keyId, priority }, place)).toBeUndefined();
    expect(decideReorder(RUN, { runId, keyId }, place)).toBeUndefined();
  });

  test.each(['completed', 'failed', 'cancelled', 'rejected'] as const)('a run that is %s stays', state => {
    expect(decideReorder({ ...RUN, state }, { runId, keyId, priority: 7, to: 'front' }, -9)).toBeUndefined();
  });
});

test.each<[string, Partial<Run>, ReturnType<typeof change>[], object | undefined]>([
  ['dispatching is no news', {}, [change('queued', 'dispatched')], undefined],
  ['a claim', {}, [change('dispatched', 'running')], { state: 'running', running: 1 }],
  [
    'the only running task is queued again',
    { running: 1 },
    [change('running', 'queued')],
    { state: 'queued', running: 0 },
  ],
  ['one of two is queued again', { running: 2 }, [change('running', 'queued')], { state: 'running', running: 1 }],
  ['claimed and completed at once', {}, [change('dispatched', 'completed')], { state: 'running', completed: 1 }],
  [
    'the last one',
    { completed: 3, running: 1 },
    [change('running', 'completed')],
    { state: 'completed', completed: 4, running: 0 },
  ],
  [
    'one fails',
    { completed: 1, running: 2 },
    [change('running', 'completed'), change('running', 'failed')],
    { state: 'failed', completed: 2, failed: 1, running: 0, error },
  ],
  [
    'one falls ill, others wait',
    { completed: 1, running: 2 },
    [change('running', 'hospital')],
    { state: 'running', running: 1, ill: 1, error },
  ],
  [
    'nothing is left but those that are ill',
    { completed: 2, running: 1, ill: 1, error },
    [change('running', 'completed')],
    { state: 'hospital', completed: 3, running: 0, ill: 1 },
  ],
  [
    'the last one that is ill is tried again',
    { completed: 3, ill: 1, error },
    [change('hospital', 'queued')],
    { state: 'running', ill: 0, error: null },
  ],
  [
    'one of two that are ill is tried again',
    { completed: 2, ill: 2, error },
    [change('hospital', 'queued')],
    { state: 'running', ill: 1 },
  ],
  [
    'one that is ill is given up',
    { completed: 2, running: 1, ill: 1, error },
    [change('hospital', 'failed')],
    { state: 'failed', failed: 1, running: 0, ill: 0, error },
  ],
])('%s', (_, fields, changes, expected) => {
  const event = decideProgress({ ...RUN, ...fields }, changes);
  if (expected === undefined) expect(event).toBeUndefined();
  else expect(event).toMatchObject({ type: 'progressed', ...expected });
});

test('a run of the first release knew no hospital', () => {
  const event = { type: 'progressed', state: 'running', completed: 0, failed: 0, running: 1 };
  expect(evolveRun(RUN, event as Parameters<typeof evolveRun>[1])).toMatchObject({ running: 1, ill: 0 });
});

describe('deadline', () => {
  const run: Run = { ...RUN, state: 'hospital', deadlineMs: 1_000, completed: 1, ill: 2 };

  test('a run that is not over by then fails', () => {
    const event = decideDeadline(run, 1_000);
    expect(event).toMatchObject({ state: 'failed', completed: 1, ill: 0, error: { code: 'GB_DEADLINE_PASSED' } });
    expect(event).toHaveProperty('error.message', 'The run was not over by 1970-01-01T00:00:01.000Z.');
  });

  test.each<[string, Run, number]>([
    ['before it', run, 999],
    ['of a run that is over', { ...run, state: 'completed' }, 1_000],
    ['of a run without one', { ...run, deadlineMs: null }, 1_000],
  ])('nothing happens %s', (_, given, nowMs) => {
    expect(decideDeadline(given, nowMs)).toBeUndefined();
  });
});

test('an error that is too long for a message is told in short', () => {
  const long = { code: 'GB_STRATEGY_THREW', message: 'é'.repeat(9_000), stack: 'x'.repeat(20_000) };
  const event = decideProgress(RUN, [{ ...change('running', 'failed'), error: long }]);
  expect(event).toMatchObject({ state: 'failed', error: { code: 'GB_STRATEGY_THREW', message: 'é'.repeat(2_000) } });
  expect(event).not.toHaveProperty('error.stack');
});

test('slices cover all sets, once', () => {
  expect(taskCount(sweep(10, 3))).toBe(4);
  expect(taskCount(sweep(9, 3))).toBe(3);
  expect(taskCount({ kind: 'describe', bundle: hash, limits })).toBe(1);
  const slices = [0, 1, 2, 3].map(number => taskSpec(sweep(10, 3), number));
  expect(slices[3]).toEqual({ kind: 'slice', bundle: hash, input: hash, datasets: [], limits, from: 9, to: 10 });
  expect(slices.map(slice => slice.kind === 'slice' && [slice.from, slice.to])).toEqual([
    [0, 3],
    [3, 6],
    [6, 9],
    [9, 10],
  ]);
});
