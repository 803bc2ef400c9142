import type { SweepOutcome } from './sweep-outcome.ts';

export interface SweepRate {
  readonly runsPerSecond: number;
  /** Bars of the strategy's clock: steps. */
  readonly stepsPerSecond: number;
}

/** Of what was run now; what an earlier sweep had done took no time. */
export function sweepRate({ runs, resumed, stepsPerRun, elapsedMs }: SweepOutcome): SweepRate {
  const runsPerSecond = ((runs.length - resumed) / Math.max(elapsedMs, 0.001)) * 1000;
  return { runsPerSecond, stepsPerSecond: runsPerSecond * stepsPerRun };
}
