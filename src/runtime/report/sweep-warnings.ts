/** What a person should read before believing the best set of a sweep. */
import { counted, grouped, percent } from '../base/format.ts';
import type { RunWarning } from '../metrics/summary.ts';
import { scoreOf } from '../sweep/ranking.ts';
import type { Stability } from '../sweep/stability.ts';
import type { SweepAxis, SweepRun } from '../sweep/sweep-result.ts';
import { metricLabel } from './metric-label.ts';
import type { SweepOutcome } from './sweep-outcome.ts';

/** Below this share of the best set's lead, its neighbours say that it is a lone peak. */
export const KEPT_MIN = 1 / 3;
const FILLS_MIN = 30;
/** An axis with fewer values has no inside. */
const EDGE_VALUES_MIN = 3;

export function sweepWarnings(
  outcome: SweepOutcome,
  best: SweepRun,
  stability: Stability | null,
): readonly RunWarning[] {
  return [
    ...(outcome.dataWarnings ?? []),
    ...undefinedObjective(outcome),
    ...wipedOut(outcome, best),
    ...lonePeak(stability),
    ...edges(outcome, best),
    ...fewFills(best),
    ...freeTrading(outcome, best),
  ];
}

function undefinedObjective({ runs, objective }: SweepOutcome): readonly RunWarning[] {
  const missing = runs.filter(run => scoreOf(run, objective) === null).length;
  if (missing * 2 <= runs.length) return [];
  const share = `${grouped(missing)} of ${counted(runs.length, 'run')}`;
  const message = `${metricLabel(objective.metric)} is not defined in ${share}.`;
  return [{ code: 'undefined-objective', message }];
}

function wipedOut({ runs, objective }: SweepOutcome, { state }: SweepRun): readonly RunWarning[] {
  if (state === 'completed') return [];
  const message = runs.every(run => run.state === state)
    ? 'Every set lost everything; the best set too.'
    : `The best set lost everything, as did every other set that has a ${metricLabel(objective.metric)}.`;
  return [{ code: 'wiped-out', message }];
}

function lonePeak(stability: Stability | null): readonly RunWarning[] {
  const kept = stability?.best.kept ?? null;
  if (kept === null || kept >= KEPT_MIN) return [];
  const share = kept <= 0 ? 'nothing' : `only ${percent(kept, 0)}`;
  const finding = `The best set stands alone: its neighbours keep ${share} of its lead over a typical set.`;
  const message = `${finding} It is luck, or they lie too far apart to tell.`;
  return [{ code: 'lone-peak', message }];
}

/** Where a set inside the range is as good as the best, going on past the end promises nothing. */
function edges({ axes, kind, runs, objective }: SweepOutcome, best: SweepRun): readonly RunWarning[] {
  if (kind === 'random') return [];
  const { params } = best;
  const score = scoreOf(best, objective);
  const equals = runs.filter(run => run.state === best.state && scoreOf(run, objective) === score);
  return axes
    .filter(axis => equals.every(run => isEnd(axis, run.params[axis.name])))
    .map(({ name }) => {
      const message = `${name}=${params[name]} of the best set is at the end of its range: better ones may lie beyond.`;
      return { code: 'edge-of-range', message };
    });
}

function isEnd({ values }: SweepAxis, value: unknown): boolean {
  if (typeof value !== 'number' || values.length < EDGE_VALUES_MIN) return false;
  return value === values[0] || value === values.at(-1);
}

function fewFills({ fills }: SweepRun): readonly RunWarning[] {
  if (fills >= FILLS_MIN) return [];
  return [
    { code: 'few-fills', message: `The best set rests on ${counted(fills, 'fill')}: too few to tell skill from luck.` },
  ];
}

function freeTrading({ options: { fee, slippage } }: SweepOutcome, { fills }: SweepRun): readonly RunWarning[] {
  if (fee.kind !== 'none' || slippage.kind !== 'none' || fills === 0) return [];
  return [{ code: 'no-costs', message: 'No fees and no slippage: a sweep then prefers sets that trade often.' }];
}
