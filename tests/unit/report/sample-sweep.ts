/** A sweep to render: a hill of the Sharpe ratio, the same every time. */
import { DEFAULT_RUN_OPTIONS } from '../../../src/runtime/engine/run-options.ts';
import type { SweepOutcome } from '../../../src/runtime/report/sweep-outcome.ts';
import type { SpaceRequest } from '../../../src/runtime/sweep/space.ts';
import { DAY, START } from '../metrics/records.ts';
import { sweepOf } from '../sweep/swept.ts';

export const GRID = { params: ['fast=10..50:10', 'slow=20..100:20'], where: 'fast<slow' };

export function sampleSweep(request: Partial<SpaceRequest> = GRID, changes: Partial<SweepOutcome> = {}): SweepOutcome {
  const { runs, axes, kind, objective } = sweepOf(request, ({ fast = 0, slow = 0, level = 0 }) =>
    fast === 50 && slow === 60 ? null : 1 - ((fast - 30) / 25) ** 2 - ((slow - 60) / 40) ** 2 - (level - 0.5) ** 2,
  );
  const dataset = { feed: 'main', dataset: 'stock.SPY.usa@1d', hash: 'ab'.repeat(32), bars: 3020 };
  return {
    sweepId: 's-0123456789ab',
    sweepKey: '01'.repeat(32),
    createdMs: START,
    elapsedMs: 500,
    strategy: 'sma-cross',
    file: 'my strategy.ts',
    datasets: [{ ...dataset, from: START, to: START + 3020 * DAY }],
    options: { ...DEFAULT_RUN_OPTIONS, fee: { kind: 'rate', rate: 0.001 } },
    flags: '--fee 10bps',
    from: null,
    to: null,
    fixed: { short: false },
    where: request.where ?? null,
    stepsPerRun: 3020,
    workers: 2,
    resumed: 0,
    runs,
    axes,
    kind,
    objective,
    ...changes,
  };
}
