import { expect, test } from 'vitest';
import type { GoboolError } from '../../src/runtime/base/error.ts';
import { runSweep } from '../../src/runtime/host/sweep/run-sweep.ts';
import type { SweepOptions } from '../../src/runtime/host/sweep/sweep-options.ts';
import { cliProject, pricesCsv } from '../helpers/cli-project.ts';

const CROSS = `import { defineStrategy, int, sig, sma } from 'gobool';
export default defineStrategy({
  name: 'cross',
  data: 'prices.csv',
  params: { fast: int(5), slow: int(20) },
  indicators: ({ close, params }) => ({ fast: sma(close, params.fast), slow: sma(close, params.slow) }),
  signals: ({ ind }) => ({ enter: sig.crossesAbove(ind.fast, ind.slow), exit: sig.crossesBelow(ind.fast, ind.slow) }),
});
`;

/** Its indicator fails at bar 7, which a whole block is computed ahead of. */
const FRAGILE = `import { defineStrategy, fold, int } from 'gobool';
export default defineStrategy({
  name: 'fragile',
  data: 'prices.csv',
  params: { fast: int(5) },
  indicators: ({ close }) => ({
    own: fold([close], () => {
      let bars = 0;
      return price => {
        if (bars++ === 7) throw new Error('seven');
        return price;
      };
    }),
  }),
  onBar({ order }) {
    order.target(1);
  },
});
`;

function optionsFor(strategy: string, params: readonly string[]): SweepOptions {
  const cwd = cliProject({ 'strategy.ts': strategy, 'prices.csv': pricesCsv(120) });
  return {
    file: 'strategy.ts',
    cwd,
    projectDir: cwd,
    data: { '': `${cwd}/prices.csv` },
    from: undefined,
    to: undefined,
    prices: 'adjusted',
    account: {},
    executor: 'inline',
    limits: {},
    keep: true,
    space: { params, seed: 1 },
    objective: { metric: 'sharpe', direction: 'maximize' },
    fresh: false,
  };
}

test('a proof that is interrupted costs no run that was done', async () => {
  const options = optionsFor(CROSS, ['fast=2..6', 'slow=10,20']);
  const { signal, abort } = interruption();
  const error: GoboolError = await runSweep({
    ...options,
    signal,
    onProgress: ({ runs, runsDone }) => runsDone === runs && abort(),
  }).then(
    () => expect.unreachable('it was interrupted'),
    thrown => thrown,
  );
  expect(error.code).toBe('GB_RUN_CANCELLED');
  expect(await runSweep(options)).toMatchObject({ resumed: 10, runs: { length: 10 } });
});

function interruption(): { readonly signal: AbortSignal; readonly abort: () => void } {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}

test('an indicator that throws is told with its bar', async () => {
  const error = await runSweep(optionsFor(FRAGILE, ['fast=2,3'])).catch(thrown => thrown);
  expect(error).toMatchObject({ code: 'GB_STRATEGY_THREW', message: 'Error: seven', where: { bar: { index: 7 } } });
});
