/** Pages to look at: of the sample run, and of a small sweep. Their assets are empty. */
import { DEFAULT_RUN_OPTIONS } from '../../../../src/runtime/engine/run-options.ts';
import type { RunPageContext } from '../../../../src/runtime/report/html/run-page.ts';
import { sweepFindings } from '../../../../src/runtime/report/sweep-findings.ts';
import type { SweepOutcome } from '../../../../src/runtime/report/sweep-outcome.ts';
import type { SweepRun } from '../../../../src/runtime/sweep/sweep-result.ts';
import { sampleRun } from '../sample-run.ts';

export const NO_ASSETS = { style: '', script: '', scriptSha256: 'none' };

export function sampleContext(changes: Partial<RunPageContext> = {}): RunPageContext {
  const { context } = sampleRun();
  return {
    ...context,
    createdMs: Date.UTC(2026, 0, 2, 3, 4, 5),
    bundleHash: 'cd'.repeat(32),
    prices: 'adjusted',
    charts: [],
    chartNotes: [],
    version: '0.1.0',
    ...changes,
  };
}

/** Sharpe is 1 at fast 3, slow 30, and falls off from there; one set was wiped out, one has no Sharpe. */
export function sampleSweep(changes: Partial<SweepOutcome> = {}): SweepOutcome {
  const axes = [
    { name: 'fast', values: [1, 2, 3, 4, 5] },
    { name: 'slow', values: [10, 20, 30, 40] },
  ];
  const sets = axes[0]!.values.flatMap(fast => axes[1]!.values.map(slow => ({ fast, slow, mode: 'calm' })));
  const { context } = sampleRun();
  return {
    sweepId: 's-0123456789ab',
    sweepKey: 'ab'.repeat(32),
    createdMs: Date.UTC(2026, 0, 2),
    elapsedMs: 1234,
    strategy: 'sma-cross',
    file: 'sma-cross.ts',
    datasets: context.datasets,
    options: DEFAULT_RUN_OPTIONS,
    flags: '--fee 10bps',
    from: null,
    to: null,
    axes,
    fixed: { mode: 'calm' },
    kind: 'grid',
    where: null,
    objective: { metric: 'sharpe', direction: 'maximize' },
    stepsPerRun: 3020,
    workers: 2,
    resumed: 0,
    runs: sets.map((params, index) => runOf(params, index)),
    ...changes,
  };
}

function runOf(params: { readonly fast: number; readonly slow: number }, index: number): SweepRun {
  const sharpe = index === 0 ? null : 1 - 0.1 * Math.abs(params.fast - 3) - 0.01 * Math.abs(params.slow - 30);
  return {
    index,
    params,
    resultHash: index.toString(16).padStart(64, '0'),
    state: index === 1 ? 'wiped-out' : 'completed',
    finalEquity: 100_000 * (1 + (sharpe ?? 0)),
    fills: 10 + index,
    metrics: { sharpe, totalReturn: sharpe },
  };
}

export function findingsOf(outcome: SweepOutcome) {
  return { version: '0.1.0', findings: sweepFindings(outcome) };
}
