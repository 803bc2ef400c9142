/** Histories of tasks: those that faults may leave, and those that only a stale write can. */
import { expect, test } from 'vitest';
import { taskOffences } from '../../../../src/cluster/chaos/task-history.ts';

/** `queued dispatched:1 claimed`: events with their attempt. */
const history = (text: string) =>
  text.split(' ').map((word, i) => {
    const [type = '', attempt] = word.split(':');
    return { version: i + 1, type, attempt: attempt === undefined ? undefined : Number(attempt) };
  });

test.each([
  'queued dispatched:1 claimed completed',
  'queued dispatched:1 completed',
  'queued dispatched:1 requeued dispatched:2 claimed requeued dispatched:3 claimed completed',
  'queued cancelled',
  'queued dispatched:1 claimed failed',
])('%s is whole', text => {
  expect(taskOffences(history(text))).toEqual([]);
});

test.each([
  ['queued dispatched:1 claimed completed claimed', 'claimed after it had completed'],
  ['queued dispatched:1 claimed completed completed', 'completed after it had completed'],
  ['queued dispatched:1 requeued claimed', 'claimed after requeued'],
  ['queued dispatched:1 requeued dispatched:1', 'attempt 1 where 2 was due'],
])('%s is not', (text, offence) => {
  expect(taskOffences(history(text))).toContain(offence);
});

test('a version is missing', () => {
  const [first, , third] = history('queued dispatched:1 claimed');
  expect(taskOffences([first!, third!])[0]).toBe('event 2 has version 3');
});
