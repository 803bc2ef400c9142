/** The fold from events to what a view shows. */
import { describe, expect, test } from 'vitest';
import { Ring } from '../../../../../src/cli/view/tail/ring.ts';
import { chunkEvent, claimed, ended, progress, rowsEvent, runEvent, START_MS, tailOf } from './a-tail.ts';

describe('a backtest', () => {
  test('has the equity, the drawdown and the deepest one of all its chunks', () => {
    const { equity } = tailOf('run', [chunkEvent(0, [100, 120, 90]), chunkEvent(1, [100, 130, 117])]).snapshot;
    expect(equity).toMatchObject({ first: 100, last: 117, steps: 6, atMs: Date.UTC(2020, 0, 6) });
    expect(equity?.drawdown).toBeCloseTo(0.1);
    expect(equity?.maxDrawdown).toBeCloseTo(0.25);
    expect([...(equity?.curve.values ?? [])]).toEqual([100, 120, 90, 100, 130, 117]);
  });

  test('keeps a curve of any length small', () => {
    const equity = Array.from({ length: 10_000 }, (_, i) => 100 + i);
    const { curve, last } = tailOf('run', [chunkEvent(0, equity), chunkEvent(1, equity)]).snapshot.equity ?? {};
    expect(curve?.values.length).toBeLessThanOrEqual(1_024);
    expect([last, curve?.values.at(-1)]).toEqual([10_099, 10_099]);
  });

  test('pairs fills first in, first out; a fill through zero closes and enters', () => {
    const fills = [
      [0, 10, 100],
      [1, 10, 110],
      [2, -15, 121],
      [3, -10, 110],
      [4, 5, 99],
    ] as const;
    const { trades, tradeCount, fills: count } = tailOf('run', [chunkEvent(0, [1, 1, 1, 1, 1], fills)]).snapshot;
    expect([tradeCount, count]).toEqual([4, 5]);
    const seen = trades.toReversed().map(({ side, quantity, change }) => [side, quantity, Number(change.toFixed(6))]);
    expect(seen).toEqual([
      ['long', 10, 0.21],
      ['long', 5, 0.1],
      ['long', 5, 0],
      ['short', 5, 0.1],
    ]);
  });

  test('knows every attempt once, and the last one begins at the first step', () => {
    const events = [claimed(), progress(40, 100), claimed(), claimed(0, 2)];
    const [task] = tailOf('run', events).snapshot.tasks;
    expect(task).toMatchObject({ state: 'running', step: 0, steps: 100 });
    expect(task?.claims.map(({ attempt }) => attempt)).toEqual([1, 2]);
  });
});

describe('a sweep', () => {
  test('is ranked from rows as slices bring them, each set once', () => {
    const events = [rowsEvent(1, 4, [0.5, 2]), rowsEvent(0, 0, [null, 1, 1.5]), rowsEvent(0, 0, [null, 1, 1.5])];
    const { ranking } = tailOf('sweep', events).snapshot;
    expect(ranking).toMatchObject({ done: 5, sets: 8, objective: 'sharpe' });
    expect(ranking?.best.map(({ index, value }) => [index, value])).toEqual([
      [5, 2],
      [2, 1.5],
      [1, 1],
      [4, 0.5],
      [0, null],
    ]);
  });

  test('is ranked as the cluster says where it says so', () => {
    const ranking = { done: 3, sets: 8, objective: 'sharpe', best: [] };
    expect(tailOf('sweep', [rowsEvent(0, 0, [1]), { type: 'rank', ranking }]).snapshot.ranking).toBe(ranking);
  });

  test('has tasks in their order, in whatever order they are heard of', () => {
    const { tasks } = tailOf('sweep', [claimed(2), claimed(0), ended(2)]).snapshot;
    expect(tasks.map(({ n, state }) => [n, state])).toEqual([
      [0, 'running'],
      [2, 'completed'],
    ]);
  });
});

describe('the stream', () => {
  test('has the lag of what happened while it was watched, not of what had happened before', () => {
    const before = tailOf('run', [runEvent('running', { atMs: START_MS - 60_000 })]);
    expect(before.snapshot.lagMs).toBeUndefined();
    expect(tailOf('run', [runEvent('running')]).snapshot.lagMs).toBe(10);
  });

  test('counts events, reconnects and what was dropped', () => {
    const { taskId } = { taskId: `r-${'0'.repeat(24)}-0` };
    const state = tailOf('run', [claimed(), { type: 'reconnect' }, { type: 'dropped', taskId }]);
    expect(state.snapshot).toMatchObject({ events: 3, reconnects: 1, dropped: 1 });
  });

  test('a snapshot stays as it was', () => {
    const state = tailOf('run', [claimed(), progress(1, 10)]);
    const { snapshot } = state;
    const before = structuredClone({ ...snapshot, subject: null });
    state.take(progress(9, 10), START_MS);
    expect({ ...snapshot, subject: null }).toEqual(before);
    expect(state.snapshot.tasks[0]?.step).toBe(9);
  });

  test('cases are shown while the run is in the hospital', () => {
    const state = tailOf('run', [runEvent('hospital')]);
    state.takeCases([{ caseId: 'c-1' } as never]);
    expect(state.snapshot.cases).toHaveLength(1);
    state.take(runEvent('running'), START_MS);
    expect(state.snapshot.cases).toEqual([]);
  });
});

test('a ring keeps the latest, the newest first', () => {
  const ring = new Ring<number>(3);
  expect(ring.latest(5)).toEqual([]);
  for (const n of [1, 2, 3, 4, 5]) ring.push(n);
  expect([ring.latest(5), ring.latest(2), ring.count]).toEqual([[5, 4, 3], [5, 4], 5]);
});
