/** The table of one component's life: what it is, what happened -> what it is then, and what is done next. */
import { describe, expect, test } from 'vitest';
import type { Problem } from '../../../../src/cluster/dev/cluster-status.ts';
import type { ComponentState } from '../../../../src/cluster/dev/component.ts';
import {
  type Activity,
  LIFE_LIMITS,
  type Life,
  type LifeEvent,
  type Moment,
  newLife,
  nextStep,
} from '../../../../src/cluster/dev/daemon/life.ts';

const problem: Problem = { code: 'GB_PROBE_ETCD', message: 'no answer', hint: null, log: ['last line'] };
const at = (ms: number): Moment => ({ epochMs: ms, steadyMs: ms });
const off = newLife(at(0));
const life = (state: ComponentState, more: Partial<Life> = {}): Life => ({ ...off, state, pid: 7, ...more });
const LATE = LIFE_LIMITS.startMs + 1;

interface Row {
  readonly is: Life;
  readonly happens: LifeEvent;
  readonly atMs?: number;
  readonly becomes: ComponentState;
  /** `check 1000`; absent: it goes on with what it does. */
  readonly does?: string;
  readonly with?: Partial<Life>;
}

const textOf = (activity: Activity | undefined) =>
  activity && ('afterMs' in activity ? `${activity.type} ${activity.afterMs}` : activity.type);

const died: LifeEvent = { type: 'died', problem };
const missed: LifeEvent = { type: 'missed', problem };
const refused = { type: 'refused', problem, isFinal: false } as const;
const proved: LifeEvent = { type: 'proved', evidence: 'it works' };

const TABLE: Readonly<Record<string, readonly Row[]>> = {
  starting: [
    { is: off, happens: { type: 'wanted' }, becomes: 'fetching', does: 'fetch' },
    { is: life('fetching', { pid: null }), happens: { type: 'fetched' }, becomes: 'starting', does: 'launch' },
    { is: life('fetching', { pid: null }), happens: refused, becomes: 'failed', does: 'nothing', with: { problem } },
    { is: life('starting', { pid: null }), happens: refused, becomes: 'failed', does: 'nothing', with: { problem } },
    {
      is: life('starting', { pid: null }),
      happens: { type: 'launched', pid: 9 },
      becomes: 'starting',
      does: 'check 100',
      with: { pid: 9 },
    },
    { is: life('starting'), happens: missed, becomes: 'starting', does: 'check 100', with: { problem: null } },
    { is: life('starting'), happens: { type: 'answered' }, becomes: 'initialising', does: 'prove 0' },
    { is: life('starting'), happens: missed, atMs: LATE, becomes: 'failed', does: 'kill', with: { problem } },
    { is: life('failed'), happens: died, becomes: 'failed', does: 'nothing', with: { pid: null } },
  ],
  proving: [
    {
      is: life('initialising', { deaths: 3 }),
      happens: proved,
      becomes: 'healthy',
      does: 'check 1000',
      with: { deaths: 0, problem: null, probe: { ok: true, message: 'it works', atMs: 1 } },
    },
    {
      is: life('initialising'),
      happens: refused,
      becomes: 'initialising',
      does: 'check 500',
      with: { problem, probe: { ok: false, message: 'no answer', atMs: 1 } },
    },
    { is: life('initialising'), happens: refused, atMs: LATE, becomes: 'failed', does: 'prove 15000' },
    { is: life('initialising'), happens: { ...refused, isFinal: true }, becomes: 'failed', does: 'prove 15000' },
    { is: life('failed'), happens: refused, becomes: 'failed', does: 'prove 15000' },
    { is: life('failed'), happens: proved, becomes: 'healthy', does: 'check 1000' },
  ],
  running: [
    {
      is: life('healthy', { misses: 1 }),
      happens: { type: 'answered' },
      becomes: 'healthy',
      does: 'check 1000',
      with: { misses: 0 },
    },
    { is: life('healthy'), happens: missed, becomes: 'healthy', does: 'check 50', with: { misses: 1 } },
    {
      is: life('healthy', { misses: 1 }),
      happens: missed,
      becomes: 'unhealthy',
      does: 'check 1000',
      with: { misses: 0, problem },
    },
    { is: life('initialising', { misses: 1 }), happens: missed, becomes: 'unhealthy', does: 'check 1000' },
    { is: life('unhealthy'), happens: { type: 'answered' }, becomes: 'initialising', does: 'prove 0' },
    { is: life('unhealthy'), happens: missed, becomes: 'unhealthy', does: 'check 1000' },
    { is: life('unhealthy'), happens: missed, atMs: LATE, becomes: 'restarting', does: 'kill' },
  ],
  dying: [
    { is: life('healthy'), happens: died, becomes: 'restarting', does: 'rest 0', with: { deaths: 1, pid: null } },
    { is: life('restarting'), happens: died, becomes: 'restarting', does: 'rest 0', with: { pid: null } },
    { is: life('starting', { deaths: 1 }), happens: died, becomes: 'restarting', does: 'rest 1000' },
    { is: life('starting', { deaths: 2 }), happens: died, becomes: 'restarting', does: 'rest 2000' },
    { is: life('starting', { deaths: 3 }), happens: died, becomes: 'restarting', does: 'rest 4000' },
    {
      is: life('starting', { deaths: 4 }),
      happens: died,
      becomes: 'failed',
      does: 'nothing',
      with: { deaths: 5, pid: null },
    },
    {
      is: life('restarting', { pid: null, restarts: 1 }),
      happens: { type: 'rested' },
      becomes: 'starting',
      does: 'launch',
      with: { restarts: 2 },
    },
  ],
  'what a person wants': [
    { is: life('healthy'), happens: { type: 'wanted' }, becomes: 'healthy' },
    { is: life('restarting', { pid: null }), happens: { type: 'wanted' }, becomes: 'restarting' },
    {
      is: life('failed', { pid: null, deaths: 5 }),
      happens: { type: 'wanted' },
      becomes: 'fetching',
      does: 'fetch',
      with: { deaths: 0, problem: null },
    },
    { is: life('failed'), happens: { type: 'wanted' }, becomes: 'initialising', does: 'prove 0' },
    { is: life('stopping'), happens: { type: 'wanted' }, becomes: 'stopping', with: { startsAgain: true } },
    {
      is: life('healthy'),
      happens: { type: 'unwanted' },
      becomes: 'stopping',
      does: 'stop',
      with: { startsAgain: false },
    },
    { is: life('fetching', { pid: null }), happens: { type: 'unwanted' }, becomes: 'off', does: 'nothing' },
    { is: life('stopping'), happens: refused, becomes: 'stopping', with: { problem } },
    {
      is: life('stopping', { restarts: 3 }),
      happens: died,
      becomes: 'off',
      does: 'nothing',
      with: { pid: null, restarts: 0, problem: null },
    },
    {
      is: life('healthy'),
      happens: { type: 'restart' },
      becomes: 'stopping',
      does: 'stop',
      with: { startsAgain: true },
    },
    {
      is: life('stopping', { startsAgain: true }),
      happens: died,
      becomes: 'starting',
      does: 'launch',
      with: { restarts: 1, startsAgain: false },
    },
    { is: life('failed', { pid: null }), happens: { type: 'restart' }, becomes: 'fetching', does: 'fetch' },
  ],
  'what an earlier daemon left': [
    {
      is: off,
      happens: { type: 'adopted', pid: 9 },
      becomes: 'starting',
      does: 'check 0',
      with: { pid: 9, isAdopted: true },
    },
    { is: life('starting', { isAdopted: true }), happens: missed, atMs: LATE, becomes: 'restarting', does: 'kill' },
    {
      is: life('initialising', { isAdopted: true }),
      happens: proved,
      becomes: 'healthy',
      does: 'check 1000',
      with: { isAdopted: false },
    },
  ],
};

for (const [name, rows] of Object.entries(TABLE))
  describe(name, () => {
    for (const { is, happens, atMs = 1, becomes, does, with: expected = {} } of rows)
      test(`${is.state}, ${happens.type}${atMs === LATE ? ' too late' : ''}: ${becomes}, ${does ?? 'goes on'}`, () => {
        const step = nextStep(is, happens, at(atMs));
        expect(textOf(step.activity)).toBe(does);
        expect(step.life).toMatchObject({ ...expected, state: becomes });
        expect(step.life.sinceMs).toBe(becomes === is.state ? is.sinceMs : atMs);
      });
  });

test('the fifth death in a row is a crash loop that keeps the last words', () => {
  const last = nextStep(life('starting', { deaths: 4 }), died, at(1)).life.problem;
  expect(last).toMatchObject({ code: 'GB_CLUSTER_CRASH_LOOP', log: ['last line'] });
  expect(last?.message).toBe('It ended 5 times in a row. no answer');
});

test.each([
  ['back', -3_600_000],
  ['forward', 3_600_000],
])('a wall clock that is set %s neither shortens nor prolongs what a component may take', (_where, jumpMs) => {
  const missedAt = (steadyMs: number) =>
    nextStep(life('starting'), missed, { epochMs: steadyMs + jumpMs, steadyMs }).life.state;
  expect(missedAt(LIFE_LIMITS.startMs - 1)).toBe('starting');
  expect(missedAt(LATE)).toBe('failed');
});

test('how long each phase took is kept, and forgotten by the next start', () => {
  const events: [LifeEvent, number][] = [
    [{ type: 'wanted' }, 100],
    [{ type: 'fetched' }, 130],
    [{ type: 'launched', pid: 9 }, 140],
    [{ type: 'answered' }, 200],
    [proved, 450],
  ];
  const healthy = events.reduce((now, [event, atMs]) => nextStep(now, event, at(atMs)).life, off);
  expect(healthy.tookMs).toEqual({ fetching: 30, starting: 70, initialising: 250 });
  const gone = nextStep(nextStep(healthy, { type: 'unwanted' }, at(500)).life, died, at(600)).life;
  expect(nextStep(gone, { type: 'wanted' }, at(700)).life.tookMs).toEqual({});
});

test('no event leaves a component without a process but with something to ask it', () => {
  const states: ComponentState[] = [
    'starting',
    'initialising',
    'healthy',
    'unhealthy',
    'restarting',
    'stopping',
    'failed',
  ];
  for (const state of states) {
    const step = nextStep(life(state), died, at(1));
    expect(step.life.pid).toBeNull();
    expect(['launch', 'rest', 'nothing']).toContain(step.activity?.type);
  }
});
