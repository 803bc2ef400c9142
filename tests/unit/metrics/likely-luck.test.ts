import { describe, expect, test } from 'vitest';
import { DEFAULT_RUN_OPTIONS } from '../../../src/runtime/engine/run-options.ts';
import { weighedAgainstTrials } from '../../../src/runtime/metrics/likely-luck.ts';
import { summarize } from '../../../src/runtime/metrics/summarize.ts';
import { curveOfReturns, normalReturns } from './random-returns.ts';
import { datasetOf, recordOf } from './records.ts';

/** Four years with an annual Sharpe ratio near `sharpe`. */
function summaryWith(sharpe: number) {
  const { daily } = curveOfReturns(normalReturns(21, 1008, (sharpe * 0.01) / Math.sqrt(252), 0.01));
  return summarize(recordOf([...daily]), { feeds: [datasetOf([1, 2])], options: DEFAULT_RUN_OPTIONS });
}

const codes = (sharpe: number, trials: number, trialVariance = 0.25) =>
  weighedAgainstTrials(summaryWith(sharpe), { trials, trialVariance }).warnings.map(({ code }) => code);

describe('a run weighed against trials', () => {
  test('says how many there were, and what luck would have reached', () => {
    const { deflatedSharpe } = weighedAgainstTrials(summaryWith(1), { trials: 100, trialVariance: 0.25 }).metrics;
    expect(deflatedSharpe?.detail).toMatchObject({ trials: 100, trialVariance: 0.25 });
    expect(deflatedSharpe?.detail?.expectedMaximum).toBeCloseTo(2.5306 * 0.5, 4);
  });

  test('alone is worth its probabilistic Sharpe ratio', () => {
    const { probabilisticSharpe, deflatedSharpe } = weighedAgainstTrials(summaryWith(1), {
      trials: 1,
      trialVariance: 0,
    }).metrics;
    expect(deflatedSharpe?.value).toBe(probabilisticSharpe?.value);
  });

  test('is undefined without a Sharpe ratio', () => {
    const flat = summarize(recordOf([100, 100, 100]), { feeds: [datasetOf([1, 2])], options: DEFAULT_RUN_OPTIONS });
    const weighed = weighedAgainstTrials(flat, { trials: 10, trialVariance: 1 });
    expect(weighed.metrics.deflatedSharpe).toMatchObject({ value: null });
    expect(weighed.warnings).toEqual(flat.warnings);
  });
});

describe('likely-luck', () => {
  test('is the first warning of a run that luck explains', () => {
    expect(codes(1, 100)[0]).toBe('likely-luck');
    const [warning] = weighedAgainstTrials(summaryWith(1), { trials: 1234, trialVariance: 0.25 }).warnings;
    expect(warning?.message).toMatch(
      /^1,234 trials of this strategy on this data: .* near 1\.\d\d, this run has \d\.\d\d/,
    );
  });

  test.each([
    ['a single trial', 1, 1],
    ['a run that is far above what luck reaches', 5, 100],
    ['a loss', -1, 100],
  ])('is not said of %s', (_what, sharpe, trials) => {
    expect(codes(sharpe, trials)).not.toContain('likely-luck');
  });
});
