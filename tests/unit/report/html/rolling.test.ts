import { expect, test } from 'vitest';
import { confidenceMetrics } from '../../../../src/runtime/metrics/confidence-metrics.ts';
import { inDialect, METRIC_DIALECTS } from '../../../../src/runtime/metrics/dialects/dialect.ts';
import { returnStatistics } from '../../../../src/runtime/metrics/return-statistics.ts';
import { rollingOf } from '../../../../src/runtime/report/html/rolling.ts';
import { sampleRun } from '../sample-run.ts';

function run(days: number, periods: number) {
  const values = Float64Array.from({ length: days }, (_, i) => 100 * 1.0003 ** i * (1 + 0.01 * Math.sin(i * 1.7)));
  const metrics = confidenceMetrics({ daily: values, periodsPerYear: periods });
  return { daily: { times: Float64Array.from(values.keys()), values }, metrics };
}

test('a window is a year of sessions, and its numbers are those of a run that is only the window', () => {
  const sample = run(700, 252);
  const { window, times, sharpe, volatility: spread } = rollingOf(sample)!;
  expect([window, times[0], times.at(-1)]).toEqual([252, 252, 699]);
  const last = returnStatistics(sample.daily.values.subarray(700 - 253));
  expect(sharpe.at(-1)).toBe((last.mean / last.deviation) * Math.sqrt(252));
  expect(spread.at(-1)).toBe(last.deviation * Math.sqrt(252));
});

test('long runs are sampled up to their last day', () => {
  const { times } = rollingOf(run(9000, 365))!;
  expect(times.length).toBeLessThanOrEqual(1500);
  expect(times.at(-1)).toBe(8999);
});

test.each(METRIC_DIALECTS)('a year is as long in a report of %s metrics', dialect => {
  expect(rollingOf(inDialect(sampleRun().summary, dialect))!.window).toBe(252);
});

test('none for a run that is hardly longer than a year, or that never moves', () => {
  expect(rollingOf(run(280, 252))).toBeNull();
  const flat = Float64Array.from({ length: 900 }, () => 100);
  const metrics = confidenceMetrics({ daily: flat, periodsPerYear: 252 });
  expect(rollingOf({ daily: { times: flat, values: flat }, metrics })).toBeNull();
});
