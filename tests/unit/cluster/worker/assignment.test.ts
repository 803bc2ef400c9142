import { describe, expect, test } from 'vitest';
import { taskStart } from '../../../../src/cluster/contracts/messages/task-start.ts';
import {
  isToStop,
  onStart,
  type Standing,
  type TaskStart,
} from '../../../../src/cluster/services/worker/assignment.ts';

const { workerId, slot, taskId } = taskStart.example;
const start = (changes: Partial<TaskStart> = {}): TaskStart => ({ ...taskStart.example, ...changes });
const standing = (changes: Partial<Standing> = {}): Standing => ({
  workerId,
  slot,
  isDraining: false,
  running: undefined,
  filled: new Map(),
  ...changes,
});
const returned = (reason: string) => ({ do: 'return', reason: expect.stringContaining(reason) });
const other = { taskId: `${taskId}1`, attempt: 1 };

describe('a task that is to start', () => {
  test('is taken by the worker and slot that it names', () => {
    expect(onStart(start(), standing())).toEqual({ do: 'take' });
  });

  test('goes back from another worker, from another slot, while something runs, while it drains', () => {
    expect(onStart(start({ workerId: 'w-ffffffffffff' }), standing())).toEqual(returned('for w-ffffffffffff'));
    for (const wrong of [slot - 1, slot + 1])
      expect(onStart(start({ slot: wrong }), standing())).toEqual(returned(`slot ${wrong}`));
    expect(onStart(start(), standing({ running: other }))).toEqual(returned('busy'));
    expect(onStart(start(), standing({ isDraining: true }))).toEqual(returned('draining'));
  });

  test('that was taken is ignored when it comes again, also later and while it drains', () => {
    const again = { do: 'ignore' };
    expect(onStart(start(), standing({ running: start() }))).toEqual(again);
    expect(onStart(start(), standing({ running: start(), isDraining: true }))).toEqual(again);
    const filled = new Map([[slot, start()]]);
    expect(onStart(start(), standing({ slot: slot + 1, filled, running: other }))).toEqual(again);
  });

  test('of another attempt is another one', () => {
    expect(onStart(start({ attempt: 2 }), standing({ running: start() }))).toEqual(returned('busy'));
    const filled = new Map([[slot, start()]]);
    expect(onStart(start({ attempt: 2 }), standing({ slot: slot + 1, filled }))).toEqual(returned('slot'));
  });
});

test('only the attempt that runs here is stopped', () => {
  const stop = { taskId, attempt: 1, workerId };
  expect(isToStop(stop, standing({ running: start() }))).toBe(true);
  expect(isToStop(stop, standing())).toBe(false);
  expect(isToStop(stop, standing({ running: other }))).toBe(false);
  expect(isToStop({ ...stop, attempt: 2 }, standing({ running: start() }))).toBe(false);
  expect(isToStop({ ...stop, workerId: 'w-ffffffffffff' }, standing({ running: start() }))).toBe(false);
});
