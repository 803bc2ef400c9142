/** Sweeps whose objective is a formula, so that a test knows its peaks. */

import { bool, choice, float, int } from '../../../src/runtime/sdk/params.ts';
import { type SpaceRequest, sweepSpace } from '../../../src/runtime/sweep/space.ts';
import type { SweptRuns } from '../../../src/runtime/sweep/stability.ts';
import type { ParamSet, SweepObjective, SweepRun } from '../../../src/runtime/sweep/sweep-result.ts';

const DECLARED = {
  fast: int(10, { min: 2, max: 100, step: 2 }),
  slow: int(30, { min: 5, max: 400 }),
  level: float(0.5, { min: -1, max: 1 }),
  short: bool(false),
  exit: choice('stop', ['stop', 'time', 'both, then']),
};

export const SHARPE: SweepObjective = { metric: 'sharpe', direction: 'maximize' };

export function spaceOf(request: Partial<SpaceRequest>) {
  return sweepSpace(DECLARED, { params: [], seed: 1, ...request });
}

export function runOf(
  index: number,
  params: ParamSet,
  sharpe: number | null,
  changes: Partial<SweepRun> = {},
): SweepRun {
  const metrics = { totalReturn: 0.5, cagr: 0.04, maxDrawdown: 0.2, sharpe };
  const resultHash = String(index).padStart(64, '0');
  return { index, params, resultHash, state: 'completed', finalEquity: 150_000, fills: 100, metrics, ...changes };
}

export function sweepOf(
  request: Partial<SpaceRequest>,
  sharpe: (set: Record<string, number>) => number | null,
): SweptRuns {
  const { axes, kind, sets } = spaceOf(request);
  const runs = sets.map((params, index) => runOf(index, params, sharpe(params as Record<string, number>)));
  return { axes, kind, runs, objective: SHARPE };
}
