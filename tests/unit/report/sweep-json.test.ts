import { expect, test } from 'vitest';
import { DEFAULT_RUN_OPTIONS } from '../../../src/runtime/engine/run-options.ts';
import { summarize } from '../../../src/runtime/metrics/summarize.ts';
import { metricUnit } from '../../../src/runtime/report/metric-unit.ts';
import { sweepFindings } from '../../../src/runtime/report/sweep-findings.ts';
import { sweepData } from '../../../src/runtime/report/sweep-json.ts';
import { datasetOf, recordOf } from '../metrics/records.ts';
import { sampleSweep } from './sample-sweep.ts';

test('runs come best first, with what a reader needs to run them alone', () => {
  const outcome = sampleSweep();
  const data = sweepData(outcome, sweepFindings(outcome));
  const runs = data.runs as readonly Record<string, unknown>[];
  expect(data).toMatchObject({
    sweepId: outcome.sweepId,
    kind: 'grid',
    where: 'fast<slow',
    objective: { metric: 'sharpe', direction: 'maximize' },
    rate: { runsPerSecond: 38, stepsPerSecond: 38 * 3020 },
    stability: { neighbours: 'steps', plateau: { params: { fast: 30, slow: 60 } } },
  });
  expect(data.best).toBe(runs[0]);
  expect(runs.map(({ rank }) => rank)).toEqual(runs.map((_, index) => index + 1));
  expect(runs[0]).toEqual({
    rank: 1,
    index: 10,
    params: { fast: 30, slow: 60, level: 0.5, short: false, exit: 'stop' },
    resultHash: '10'.padStart(64, '0'),
    state: 'completed',
    finalEquity: 150_000,
    fills: 100,
    metrics: { totalReturn: 0.5, cagr: 0.04, maxDrawdown: 0.2, sharpe: 1 },
    nearby: { n: 7, mean: expect.any(Number), median: expect.any(Number), worst: expect.any(Number) },
  });
  expect(JSON.parse(JSON.stringify(data))).toEqual(data);
});

test('where nothing is known of the surroundings, it is null', () => {
  const outcome = sampleSweep({ params: ['short', 'exit'] });
  const data = sweepData(outcome, sweepFindings(outcome));
  expect(data.stability).toBeNull();
  expect(data.best).toMatchObject({ nearby: null });
});

test('the unit of every metric is that of the metric itself', () => {
  const { metrics } = summarize(recordOf([100, 101]), { feeds: [datasetOf([1, 2])], options: DEFAULT_RUN_OPTIONS });
  const units = Object.fromEntries(Object.entries(metrics).map(([name, { unit }]) => [name, unit]));
  expect(Object.fromEntries(Object.keys(metrics).map(name => [name, metricUnit(name)]))).toEqual(units);
});
