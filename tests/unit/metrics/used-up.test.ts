/** What is left of the numbers where nothing is left of the account. */
import { describe, expect, test } from 'vitest';
import { DEFAULT_RUN_OPTIONS } from '../../../src/runtime/engine/run-options.ts';
import { summarize, summarizeWithIntervals } from '../../../src/runtime/metrics/summarize.ts';
import { rollingOf } from '../../../src/runtime/report/html/rolling.ts';
import { datasetOf, recordOf } from './records.ts';

const OF_A_YEAR = [
  'volatility',
  'sharpe',
  'sortino',
  'calmar',
  'probabilisticSharpe',
  'deflatedSharpe',
  'alpha',
  'informationRatio',
];
/** Three hundred good days. */
const RISE = Array.from({ length: 300 }, (_, i) => 100_000 + 1_000 * i + (i % 2) * 300);

function summaryOf(equity: readonly number[], of: typeof summarize = summarize) {
  const state = equity.at(-1)! > 0 ? 'completed' : 'wiped-out';
  const prices = equity.map((_, i) => 100 + (i % 5));
  return of(recordOf(equity, { state }), { feeds: [datasetOf(prices)], options: DEFAULT_RUN_OPTIONS });
}

function undefinedIn({ metrics }: ReturnType<typeof summaryOf>): readonly string[] {
  return OF_A_YEAR.filter(name => metrics[name]!.value === null);
}

describe('a run that was wiped out', () => {
  test.each([0, -5_000])('has no numbers of a year, with %d left', left => {
    const summary = summaryOf([...RISE, left], summarizeWithIntervals);
    expect(undefinedIn(summary)).toEqual(OF_A_YEAR);
    expect(summary.metrics.totalReturn!.value).toBe(left / 100_000 - 1);
    expect(summary.metrics.valueAtRisk!.value).not.toBeNull();
    expect(summary.metrics.beta!.value).not.toBeNull();
    expect(Object.values(summary.metrics).filter(metric => metric.interval !== undefined)).toEqual([]);
    expect(summary.warnings.map(({ code }) => code)).not.toContain('short-span');
  });

  test('has rolling ones until its last day', () => {
    const { sharpe, volatility } = rollingOf(summaryOf([...RISE, 0]))!;
    expect([sharpe.at(-1), volatility.at(-1)]).toEqual([Number.NaN, Number.NaN]);
    expect(sharpe.subarray(0, -1).every(value => value > 0)).toBe(true);
  });
});

test('one with a cent left has them', () => {
  // Here is no drawdown on record, and no ledger.
  expect(undefinedIn(summaryOf([...RISE, 0.01]))).toEqual(['calmar', 'deflatedSharpe']);
});
