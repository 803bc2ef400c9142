/** Every run counts: what a Sharpe ratio is worth after 1, 100 and 10,000 trials, as a user sees it. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { countTrials } from '../../src/runtime/host/store/count-trials.ts';
import { openStore } from '../../src/runtime/host/store/open-store.ts';
import { normalQuantile } from '../../src/runtime/metrics/normal-distribution.ts';
import { document, gobool, type Json, REPOSITORY, temporaryFolder } from '../helpers/cli.ts';
import { cliProject, RUN } from '../helpers/cli-project.ts';

const SMA_CROSS = ['backtest', join(REPOSITORY, 'examples/strategies/sma-cross.ts')] as const;

async function json(cwd: string, ...args: readonly string[]): Promise<Json> {
  return document(await gobool([...args, '--json'], { cwd }));
}

const trialsOf = ({ data }: Json): number => data.metrics.deflatedSharpe.detail.trials;
const codesOf = ({ warnings }: Json): string[] => warnings.map(({ code }: { code: string }) => code);

/**
 * Trials of other parameters, whose annual Sharpe ratios are normally distributed around 0.2 with a deviation of 0.2.
 */
async function addTrials(projectDir: string, count: number): Promise<void> {
  using store = await openStore(projectDir);
  const trials = Array.from({ length: count }, (_, i) => ({
    runKey: `key ${count} ${i}`,
    resultHash: `hash ${count} ${i}`,
    strategy: 'sma-cross',
    datasets: ['stock.SPY.usa@1d'],
    params: { fast: i },
    sharpe: 0.2 + 0.2 * normalQuantile((i + 0.5) / count),
    samples: 5819,
    createdMs: 0,
  }));
  countTrials(store, trials);
}

test('one Sharpe ratio of 0.37 over 23 years, after 1, 100 and 10,000 trials', async () => {
  const cwd = temporaryFolder();
  const first = await json(cwd, ...SMA_CROSS);
  await addTrials(cwd, 99);
  const hundredth = await json(cwd, ...SMA_CROSS);
  await addTrials(cwd, 9_900);
  const last = await json(cwd, ...SMA_CROSS);

  expect([first, hundredth, last].map(trialsOf)).toEqual([1, 100, 10_000]);
  const deflated = [first, hundredth, last].map(({ data }) => data.metrics.deflatedSharpe.value);
  expect(deflated[0]).toBe(first.data.metrics.probabilisticSharpe.value);
  expect(deflated.map(value => Number(value.toFixed(2)))).toEqual([0.96, 0.27, 0.03]);
  expect([first, hundredth, last].map(each => codesOf(each).includes('likely-luck'))).toEqual([false, true, true]);
  expect(new Set([first, hundredth, last].map(({ data }) => data.resultHash)).size).toBe(1);
});

describe('a project', () => {
  test('counts distinct results: not a run again, not one without store, and a removed one still', async () => {
    const cwd = cliProject();
    expect(trialsOf(await json(cwd, ...RUN))).toBe(1);
    expect(trialsOf(await json(cwd, ...RUN))).toBe(1);
    expect(trialsOf(await json(cwd, ...RUN, '--set', 'every=3'))).toBe(2);
    expect(trialsOf(await json(cwd, ...RUN, '--set', 'every=4', '--no-store'))).toBe(3);
    expect(trialsOf(await json(cwd, ...RUN, '--set', 'every=6'))).toBe(3);
    await gobool(['run', 'rm', 'last'], { cwd });
    expect(trialsOf(await json(cwd, ...RUN, '--set', 'every=7'))).toBe(4);
  });

  test('has gates on the deflated Sharpe ratio', async () => {
    const cwd = cliProject();
    const { exitCode, stdout } = await gobool([...RUN, '--fail-if', 'deflatedSharpe<0.95'], { cwd });
    expect(exitCode).toBe(6);
    expect(stdout).toMatch(/GB_GATE_FAILED {2}deflatedSharpe < 0\.95: deflatedSharpe is 0\.\d+/);
  });
});

test('the trials are said in a line, and shown again with the run', async () => {
  const cwd = cliProject();
  await gobool(RUN, { cwd });
  const { stdout } = await gobool([...RUN, '--set', 'every=3'], { cwd });
  expect(stdout).toMatch(/^ {2}trials {6}2 so far; probabilistic Sharpe 0\.\d\d, deflated Sharpe 0\.\d\d$/m);
  expect(stdout).toMatch(/^ {2}Sharpe .* -?\d+\.\d\d to -?\d+\.\d\d .*$/m);
  expect((await gobool(['run', 'show', 'last'], { cwd })).stdout).toBe(stdout);
});
