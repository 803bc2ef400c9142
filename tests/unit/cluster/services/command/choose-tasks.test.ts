import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Candidate, chooseTasks } from '../../../../../src/cluster/services/command/choose-tasks.ts';

let number = 0;
const task = (taskId: string, keyId: string, fields: Partial<Candidate> = {}): Candidate => ({
  taskId,
  keyId,
  priority: 0,
  place: number++,
  number: 0,
  busy: 0,
  servedMs: 0,
  ...fields,
});

const check = (candidates: readonly Candidate[], count: number, expected: readonly string[]) =>
  expect(chooseTasks(candidates, count).map(({ taskId }) => taskId)).toEqual(expected);

test('the older one goes first, and in a run the lower number', () => {
  check([task('b', 'k', { place: 2 }), task('a', 'k', { place: 1 })], 2, ['a', 'b']);
  check([task('r-1', 'k', { place: 1, number: 1 }), task('r-0', 'k', { place: 1, number: 0 })], 1, ['r-0']);
});

test('a higher priority goes before everything else', () => {
  const urgent = task('urgent', 'busy', { priority: 1, busy: 60, servedMs: 9 });
  check([task('old', 'idle', { place: 0 }), urgent], 1, ['urgent']);
});

test('the key with the fewest running tasks goes first', () => {
  check([task('a', 'k-1', { busy: 2 }), task('b', 'k-2', { busy: 1 })], 1, ['b']);
});

test('what is chosen counts as running for the next choice', () => {
  const many = ['a1', 'a2', 'a3'].map(name => task(name, 'k-1'));
  check([...many, task('b1', 'k-2')], 4, ['a1', 'b1', 'a2', 'a3']);
  check([...many, task('b1', 'k-2', { busy: 2 })], 4, ['a1', 'a2', 'a3', 'b1']);
});

test('what a key gets at a high priority counts at a lower one', () => {
  check([task('a1', 'k-1', { priority: 1 }), task('a2', 'k-1'), task('b1', 'k-2')], 3, ['a1', 'b1', 'a2']);
});

test('keys with as many running tasks take turns', () => {
  check([task('a', 'k-1', { servedMs: 20 }), task('b', 'k-2', { servedMs: 10 })], 1, ['b']);
});

/** The rule as a loop: one choice after the other. */
function choose(candidates: readonly Candidate[], count: number): readonly string[] {
  const busy = new Map(candidates.map(({ keyId, busy: tasks }) => [keyId, tasks]));
  const left = [...candidates];
  const chosen: string[] = [];
  while (chosen.length < count && left.length > 0) {
    const share = ({ keyId }: Candidate) => busy.get(keyId) ?? 0;
    left.sort(
      (a, b) =>
        b.priority - a.priority ||
        share(a) - share(b) ||
        a.servedMs - b.servedMs ||
        a.place - b.place ||
        a.number - b.number,
    );
    const [next] = left.splice(0, 1);
    if (next === undefined) break;
    busy.set(next.keyId, share(next) + 1);
    chosen.push(next.taskId);
  }
  return chosen;
}

test('any queue is served as if one task were chosen after the other', () => {
  const drawn = fc.array(fc.record({ key: fc.nat(3), priority: fc.nat(2) }), { maxLength: 20 });
  const keys = fc.array(fc.record({ busy: fc.nat(4), servedMs: fc.nat(3) }), { minLength: 4, maxLength: 4 });
  fc.assert(
    fc.property(drawn, keys, fc.nat(20), (tasks, states, count) => {
      const queue = tasks.map(({ key, priority }, i) =>
        task(`t${i}`, `k-${key}`, { priority, place: i, ...states[key] }),
      );
      check(queue, count, choose(queue, count));
    }),
  );
});
