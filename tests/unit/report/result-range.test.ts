import { expect, test } from 'vitest';
import type { RunSummary } from '../../../src/runtime/metrics/summary.ts';
import { backtestData } from '../../../src/runtime/report/json.ts';
import { cashFlowsNote } from '../../../src/runtime/report/notes.ts';
import { rangeNote } from '../../../src/runtime/report/result-range.ts';
import { sampleRun } from './sample-run.ts';

const asItIs = (text: string): string => text;
const STYLE = { width: 100, bold: asItIs, dim: asItIs, red: asItIs, green: asItIs, yellow: asItIs, cyan: asItIs };
const { summary, context } = sampleRun();
const better: RunSummary = {
  ...summary,
  finalEquity: summary.finalEquity + 1000,
  metrics: { ...summary.metrics, sharpe: { ...summary.metrics.sharpe!, value: 9.87 } },
};

test('JSON has the main numbers of both runs beside the dates', () => {
  const { range } = backtestData(summary, context, better) as { range: Record<string, unknown> };
  expect(Object.keys(range)).toEqual(['from', 'to', 'pessimistic', 'optimistic']);
  expect(range.pessimistic).toMatchObject({ state: 'completed', finalEquity: summary.finalEquity });
  expect(range.optimistic).toMatchObject({
    finalEquity: better.finalEquity,
    metrics: { sharpe: { value: 9.87 }, trades: { value: 50 } },
  });
  expect(Object.keys(backtestData(summary, context).range as object)).toEqual(['from', 'to']);
});

test('the terminal shows what differs', () => {
  const text = rangeNote(summary, better, STYLE).join('\n');
  expect(text).toMatch(/range +if stops filled first, or targets: Sharpe -?\d+\.\d\d or 9\.87, final equity/);
  expect(text).not.toContain('CAGR');
  expect(rangeNote(summary, summary, STYLE).join()).toContain('the same whichever');
});

test('cash without fills is summed up by kind, and in JSON always', () => {
  const flows = { ...summary, cashFlows: { dividend: 12.5, 'margin-interest': -3 }, marginCalls: 2 };
  expect(cashFlowsNote(flows, STYLE)).toEqual(['  cash        dividends 12.50, margin interest -3.00']);
  expect(cashFlowsNote(summary, STYLE)).toEqual([]);
  expect(backtestData(flows, context)).toMatchObject({ cashFlows: flows.cashFlows, marginCalls: 2 });
  expect(backtestData(summary, context)).toMatchObject({ cashFlows: {}, marginCalls: 0 });
});
