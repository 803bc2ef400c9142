import type { Stability } from '../sweep/stability.ts';
import type { SweepRun } from '../sweep/sweep-result.ts';
import { timeJson } from './format.ts';
import type { SweepFindings } from './sweep-findings.ts';
import type { SweepOutcome } from './sweep-outcome.ts';
import { sweepRate } from './sweep-rate.ts';

/** The `data` of `sweep --json`. Additive: a name keeps its meaning for ever. Times are ISO 8601, UTC. */
export function sweepData(outcome: SweepOutcome, { ranked, stability }: SweepFindings): Record<string, unknown> {
  const runs = ranked.map((run, index) => runData(run, index + 1, stability));
  return {
    sweepId: outcome.sweepId,
    sweepKey: outcome.sweepKey,
    strategy: outcome.strategy,
    file: outcome.file,
    options: outcome.options,
    datasets: outcome.datasets.map(({ from, to, ...rest }) => ({ ...rest, from: timeJson(from), to: timeJson(to) })),
    kind: outcome.kind,
    axes: outcome.axes,
    fixed: outcome.fixed,
    where: outcome.where,
    objective: outcome.objective,
    best: runs[0],
    stability: stability && stabilityData(stability),
    runs,
    rate: sweepRate(outcome),
    stepsPerRun: outcome.stepsPerRun,
    workers: outcome.workers,
    resumed: outcome.resumed,
    elapsedMs: outcome.elapsedMs,
  };
}

function runData(run: SweepRun, rank: number, stability: Stability | null): Record<string, unknown> {
  const { index, params, resultHash, state, finalEquity, fills, metrics } = run;
  const nearby = stability?.around(run) ?? null;
  return { rank, index, params, resultHash, state, finalEquity, fills, metrics, nearby };
}

function stabilityData({ neighbours, typical, best, plateau }: Stability): Record<string, unknown> {
  return {
    neighbours,
    typical,
    kept: best.kept,
    plateau: {
      index: plateau.run.index,
      params: plateau.run.params,
      level: plateau.level,
      nearby: plateau.around,
    },
  };
}
