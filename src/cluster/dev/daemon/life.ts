/**
 * The life of one component, as a pure function: what happened -> what it is now, and what to do next.
 * Invariant: there is always exactly one activity; a new one takes the place of the one before, and its outcome is
 * the next event. Only `died`, and the wishes of a person, may come at any time.
 */
import type { ProbeVerdict, Problem } from '../cluster-status.ts';
import type { ComponentState } from '../component.ts';
import { makeProblem } from './problem.ts';

export const LIFE_LIMITS = {
  /** Between questions while it starts. */
  startingCheckMs: 100,
  /** Between questions while it runs. */
  checkMs: 1000,
  /** After a question without an answer. */
  secondCheckMs: 50,
  /** So many in a row make it unhealthy. */
  misses: 2,
  /** To answer for the first time, and then to prove that it works. */
  startMs: 90_000,
  /** One that runs without answering for so long is killed. */
  hungMs: 60_000,
  /** Between attempts of the proof; later, once it counts as failed. */
  proofMs: 500,
  slowProofMs: 15_000,
  /** So many deaths without health in between are a crash loop. */
  deaths: 5,
} as const;

/** When something happens: for people, and for measuring how long something lasts. */
export interface Moment {
  readonly epochMs: number;
  /** Of a clock that is never set. */
  readonly steadyMs: number;
}

export interface Life {
  readonly state: ComponentState;
  /** Since when, epoch milliseconds. */
  readonly sinceMs: number;
  /** The same, by the clock that never jumps. */
  readonly enteredMs: number;
  /** Null where nothing runs. */
  readonly pid: number | null;
  readonly restarts: number;
  /** Questions in a row without an answer. */
  readonly misses: number;
  /** Since it was last healthy. */
  readonly deaths: number;
  /** It was running before the daemon was. */
  readonly isAdopted: boolean;
  /** While it stops: it is to start again then. */
  readonly startsAgain: boolean;
  readonly problem: Problem | null;
  readonly probe: ProbeVerdict | null;
  readonly tookMs: Partial<Record<'fetching' | 'starting' | 'initialising', number>>;
}

export type LifeEvent =
  /** A person wants it to run, or not to run. */
  | { readonly type: 'wanted' | 'restart' | 'unwanted' }
  /** It runs already. */
  | { readonly type: 'adopted'; readonly pid: number }
  /** Outcomes of activities. */
  | { readonly type: 'fetched' | 'answered' | 'rested' }
  | { readonly type: 'launched'; readonly pid: number }
  | { readonly type: 'missed'; readonly problem: Problem }
  | { readonly type: 'proved'; readonly evidence: string }
  /** `isFinal`: another attempt would end the same way. */
  | { readonly type: 'refused'; readonly problem: Problem; readonly isFinal: boolean }
  /** Its process ended, whatever the reason. */
  | { readonly type: 'died'; readonly problem: Problem };

export type Activity =
  | { readonly type: 'fetch' | 'launch' | 'stop' | 'kill' | 'nothing' }
  | { readonly type: 'check' | 'prove' | 'rest'; readonly afterMs: number };

export interface Step {
  readonly life: Life;
  /** Absent: it goes on with what it does. */
  readonly activity?: Activity;
}

export const newLife = (at: Moment): Life => ({
  state: 'off',
  sinceMs: at.epochMs,
  enteredMs: at.steadyMs,
  pid: null,
  restarts: 0,
  misses: 0,
  deaths: 0,
  isAdopted: false,
  startsAgain: false,
  problem: null,
  probe: null,
  tookMs: {},
});

export function nextStep(life: Life, event: LifeEvent, at: Moment): Step {
  switch (event.type) {
    case 'wanted':
      return want(life, at);
    case 'restart':
      return life.pid === null ? begin(life, at) : stop(life, at, true);
    case 'unwanted':
      return life.pid === null ? end(life, at) : stop(life, at, false);
    case 'adopted':
      return to(life, at, { state: 'starting', pid: event.pid, isAdopted: true }, { type: 'check', afterMs: 0 });
    case 'fetched':
      return to(life, at, { state: 'starting' }, { type: 'launch' });
    case 'launched':
      return {
        life: { ...life, pid: event.pid, isAdopted: false },
        activity: { type: 'check', afterMs: LIFE_LIMITS.startingCheckMs },
      };
    case 'answered':
      return answered(life, at);
    case 'missed':
      return missed(life, event.problem, at);
    case 'proved':
      return proved(life, event.evidence, at);
    case 'refused':
      return refused(life, event, at);
    case 'died':
      return died(life, event.problem, at);
    case 'rested':
      return to(life, at, { state: 'starting', restarts: life.restarts + 1 }, { type: 'launch' });
  }
}

/** Before it is started again: at once, then after 1, 2, 4 s. */
const restAfterMs = (deaths: number): number => (deaths === 1 ? 0 : 1000 * 2 ** (deaths - 2));

/** Changes what it is; entering another state sets the clock, and keeps how long the phase before took. */
function to(life: Life, at: Moment, change: Partial<Life>, activity: Activity): Step {
  const isSame = change.state === undefined || change.state === life.state;
  if (isSame) return { life: { ...life, ...change }, activity };
  return {
    life: { ...life, tookMs: tookOf(life, at), ...change, sinceMs: at.epochMs, enteredMs: at.steadyMs, misses: 0 },
    activity,
  };
}

function tookOf({ state, enteredMs, tookMs }: Life, { steadyMs }: Moment): Life['tookMs'] {
  const isPhase = state === 'fetching' || state === 'starting' || state === 'initialising';
  return isPhase ? { ...tookMs, [state]: Math.round(steadyMs - enteredMs) } : tookMs;
}

function want(life: Life, at: Moment): Step {
  if (life.state === 'stopping') return { life: { ...life, startsAgain: true } };
  if (life.state === 'failed' && life.pid !== null)
    return to(life, at, { state: 'initialising' }, { type: 'prove', afterMs: 0 });
  return life.state === 'off' || life.state === 'failed' ? begin(life, at) : { life };
}

const begin = (life: Life, at: Moment) =>
  to(life, at, { state: 'fetching', deaths: 0, problem: null, probe: null, tookMs: {} }, { type: 'fetch' });

const stop = (life: Life, at: Moment, startsAgain: boolean) =>
  to(life, at, { state: 'stopping', startsAgain, problem: null }, { type: 'stop' });

const end = (life: Life, at: Moment) => to(life, at, { state: 'off', problem: null, restarts: 0 }, { type: 'nothing' });

function answered(life: Life, at: Moment): Step {
  if (life.state === 'healthy') {
    const activity = { type: 'check', afterMs: LIFE_LIMITS.checkMs } as const;
    return { life: life.misses === 0 ? life : { ...life, misses: 0 }, activity };
  }
  return to(life, at, { state: 'initialising', misses: 0 }, { type: 'prove', afterMs: 0 });
}

function missed(life: Life, problem: Problem, at: Moment): Step {
  const again = (afterMs: number): Activity => ({ type: 'check', afterMs });
  const passedMs = at.steadyMs - life.enteredMs;
  switch (life.state) {
    case 'starting':
      if (passedMs < LIFE_LIMITS.startMs) return { life, activity: again(LIFE_LIMITS.startingCheckMs) };
      return to(life, at, { state: life.isAdopted ? 'restarting' : 'failed', problem }, { type: 'kill' });
    case 'unhealthy':
      if (passedMs < LIFE_LIMITS.hungMs) return { life: { ...life, problem }, activity: again(LIFE_LIMITS.checkMs) };
      return to(life, at, { state: 'restarting', problem }, { type: 'kill' });
    default:
      if (life.misses + 1 < LIFE_LIMITS.misses)
        return { life: { ...life, misses: life.misses + 1 }, activity: again(LIFE_LIMITS.secondCheckMs) };
      return to(life, at, { state: 'unhealthy', problem }, again(LIFE_LIMITS.checkMs));
  }
}

function proved(life: Life, evidence: string, at: Moment): Step {
  const probe = { ok: true, message: evidence, atMs: at.epochMs };
  const change = { state: 'healthy', probe, problem: null, deaths: 0, isAdopted: false } as const;
  return to(life, at, change, { type: 'check', afterMs: LIFE_LIMITS.checkMs });
}

/** Where a process runs it keeps running, and the proof is tried again: what it waits for may come back. */
function refused(life: Life, { problem, isFinal }: LifeEvent & { type: 'refused' }, at: Moment): Step {
  if (life.state === 'stopping') return { life: { ...life, problem } };
  if (life.pid === null) return to(life, at, { state: 'failed', problem }, { type: 'nothing' });
  const probe = { ok: false, message: problem.message, atMs: at.epochMs };
  const isInTime = at.steadyMs - life.enteredMs < LIFE_LIMITS.startMs && !isFinal;
  if (life.state === 'initialising' && isInTime)
    return { life: { ...life, problem, probe }, activity: { type: 'check', afterMs: LIFE_LIMITS.proofMs } };
  return to(life, at, { state: 'failed', problem, probe }, { type: 'prove', afterMs: LIFE_LIMITS.slowProofMs });
}

function died(life: Life, problem: Problem, at: Moment): Step {
  const gone = { ...life, pid: null };
  if (life.state === 'stopping')
    return life.startsAgain
      ? to(
          gone,
          at,
          { state: 'starting', startsAgain: false, deaths: 0, restarts: life.restarts + 1 },
          { type: 'launch' },
        )
      : end(gone, at);
  if (life.state === 'failed') return { life: gone, activity: { type: 'nothing' } };
  const deaths = life.deaths + 1;
  if (deaths < LIFE_LIMITS.deaths)
    return to(
      { ...gone, deaths },
      at,
      { state: 'restarting', problem },
      { type: 'rest', afterMs: restAfterMs(deaths) },
    );
  const message = `It ended ${deaths} times in a row. ${problem.message}`;
  const loop = makeProblem('GB_CLUSTER_CRASH_LOOP', message, problem.log);
  return to({ ...gone, deaths }, at, { state: 'failed', problem: loop }, { type: 'nothing' });
}
