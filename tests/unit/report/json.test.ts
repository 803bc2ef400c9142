import { expect, test } from 'vitest';
import { inDialect } from '../../../src/runtime/metrics/dialects/dialect.ts';
import { backtestData } from '../../../src/runtime/report/json.ts';
import { sampleRun } from './sample-run.ts';

const { summary, context } = sampleRun();
const data = JSON.parse(JSON.stringify(backtestData(summary, context)));

test('says what ran and what came out', () => {
  expect(data).toMatchObject({
    runId: 'r-7f3a91',
    runKey: context.runKey,
    resultHash: context.resultHash,
    state: 'completed',
    strategy: 'sma-cross',
    params: { fast: 10, slow: 30 },
    range: { from: '2020-01-02T00:00:00.000Z', to: '2028-04-08T00:00:00.000Z' },
    datasets: [{ feed: 'main', dataset: 'stock.SPY.usa@1d', bars: 3020, from: '2020-01-01T00:00:00.000Z' }],
    trades: 50,
    openTrades: 1,
    fills: 101,
    finalEquity: summary.finalEquity,
    currency: 'USD',
  });
});

test('a metric is value, unit, count, definition and interval; a drawdown has its dates', () => {
  expect(data.metrics.sharpe).toEqual({
    value: summary.metrics.sharpe!.value,
    unit: 'number',
    n: 3019,
    definition: expect.stringContaining('risk-free'),
    interval: { low: expect.any(Number), high: expect.any(Number), level: 0.95 },
  });
  expect(Object.keys(data.metrics.maxDrawdown.detail)).toEqual(['peakTime', 'troughTime', 'recoveryTime', 'days']);
  expect(Object.keys(data.benchmark.metrics)).toContain('cagr');
});

test('says whose formulas the metrics follow, and what they are compared with', () => {
  expect(data.dialect).toBe('native');
  expect(data.benchmark).toMatchObject({ label: 'buy and hold stock.SPY.usa', dataset: null });
  const dataset = { name: 'stock.IEF.usa@1d', hash: 'ab' };
  const other = { ...inDialect(summary, 'lean'), benchmark: { ...summary.benchmark, dataset } };
  expect(backtestData(other, context)).toMatchObject({ dialect: 'lean', benchmark: { dataset } });
});

test('the result hash appears exactly once', () => {
  expect(JSON.stringify(data).split(context.resultHash)).toHaveLength(2);
  expect(JSON.stringify(data).split('resultHash')).toHaveLength(2);
});
