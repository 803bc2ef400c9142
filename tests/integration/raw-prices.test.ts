/** Raw prices with their splits and dividends tell the same history as adjusted prices. */
import { expect, test } from 'vitest';
import { DEFAULT_RUN_OPTIONS } from '../../src/runtime/engine/run-options.ts';
import { loadDataset } from '../../src/runtime/host/resolve-data.ts';
import { defineStrategy } from '../../src/runtime/index.ts';
import { summarize } from '../../src/runtime/metrics/summarize.ts';
import { run } from '../helpers/engine.ts';
import { temporaryDir } from '../helpers/temporary-dir.ts';

const hold = (rebalance: boolean) =>
  defineStrategy({ name: 'hold', onBar: ({ order }) => order.target(1, { rebalance }) });

test.each([
  ['stock.AAPL.usa@1d', 0.001],
  ['stock.IBM.usa@1d', 0.001],
  ['stock.SPY.usa@1d', 0.002],
  // It fell by 97 %: dividends are spent at an open instead of the close before.
  ['stock.AIG.usa@1d', 0.02],
])('%s held with its dividends reinvested comes to the adjusted result', async (name, tolerance) => {
  const load = (prices: 'adjusted' | 'raw') => loadDataset(name, { projectDir: temporaryDir(), prices });
  const [adjusted, raw] = [(await load('adjusted')).dataset, (await load('raw')).dataset];
  const expected = run(hold(false), adjusted).record.finalEquity;
  const reinvested = run(hold(true), raw);
  expect(Math.abs(reinvested.record.finalEquity / expected - 1)).toBeLessThan(tolerance);

  const { record, cash } = run(hold(false), raw);
  const { benchmark, cashFlows } = summarize(record, { feeds: [raw], options: DEFAULT_RUN_OPTIONS });
  expect(benchmark.equity.at(-1)! / record.finalEquity).toBeCloseTo(1, 9);
  expect(cashFlows?.dividend).toBeCloseTo(
    cash.reduce((sum, { amount }) => sum + amount, 0),
    6,
  );
});
