import { describe, expect, test } from 'vitest';
import { brief, counted, grouped, money, percent, signed } from '../../../src/runtime/base/format.ts';
import type { Metric } from '../../../src/runtime/metrics/metric.ts';
import {
  closeDateText,
  dateText,
  durationText,
  feeText,
  metricText,
  momentText,
  slippageText,
  spanText,
  timeJson,
} from '../../../src/runtime/report/format.ts';

test.each([
  [0, 0, '0'],
  [-0.4, 0, '0'],
  [-0.001, 2, '0.00'],
  [999, 0, '999'],
  [1000, 0, '1,000'],
  [-1_234_567.891, 2, '-1,234,567.89'],
  [100_000, 1, '100,000.0'],
  [999_999_999_999_999, 0, '999,999,999,999,999'],
  [2.7104e22, 2, '2.71e+22'],
  [-1e15, 0, '-1.00e+15'],
])('grouped(%d, %d) is %s', (value, digits, text) => {
  expect(grouped(value, digits)).toBe(text);
});

test.each([
  [0.0123456, 4, '0.01235'],
  [12.5, 6, '12.5'],
  [-1.2e-7, 6, '-1.2e-7'],
  [99_999.96, 6, '100000'],
  [999_999.6, 6, '1000000'],
  [22_560_991.4, 6, '22560991'],
  [-1_000_001, 6, '-1000001'],
])('brief(%d, %d) is %s', (value, digits, text) => {
  expect(brief(value, digits)).toBe(text);
});

test('money, per cent, signs and counts', () => {
  expect([money(1234.5), money(-0.004)]).toEqual(['1,234.50', '0.00']);
  expect([percent(0.1234), percent(-0.5, 0), percent(12.5, 2)]).toEqual(['12.3%', '-50%', '1,250.00%']);
  expect([percent(6.437e45), percent(-2e9), signed(percent(1e9))]).toEqual(['6.44e+47%', '-2.00e+11%', '+1.00e+11%']);
  expect(['1.0%', '-1.0%', '0.0%', '0', '-'].map(signed)).toEqual(['+1.0%', '-1.0%', '0.0%', '0', '-']);
  expect([counted(1, 'fill'), counted(1200, 'fill'), counted(0, 'entry', 'entries')]).toEqual([
    '1 fill',
    '1,200 fills',
    '0 entries',
  ]);
});

test.each<[number | null, Metric['unit'], string]>([
  [null, 'ratio', '-'],
  [0.0681, 'ratio', '6.81%'],
  [0.73, 'ratio', '73.0%'],
  [1359.754, 'cash', '1,359.75'],
  [1.3849, 'number', '1.38'],
  [1200, 'count', '1,200'],
  [3, 'days', '3'],
  [2.52, 'bars', '2.5'],
])('%d as %s is %s', (value, unit, text) => {
  expect(metricText({ value, unit })).toBe(text);
});

describe('times', () => {
  const noon = Date.UTC(2021, 2, 31, 12, 5, 9, 7);
  const midnight = Date.UTC(2021, 2, 31);

  test('dates and moments, UTC', () => {
    expect([dateText(noon), momentText(noon), momentText(midnight)]).toEqual([
      '2021-03-31',
      '2021-03-31 12:05:09.007',
      '2021-03-31',
    ]);
  });

  test('a close at midnight belongs to the day that ends', () => {
    expect([closeDateText(midnight), closeDateText(noon)]).toEqual(['2021-03-30', '2021-03-31']);
  });

  test.each([noon, midnight, Date.UTC(1969, 11, 31, 23, 59, 59, 999), Date.UTC(1900, 1, 28)])(
    'JSON has the form that Date gives: %d',
    time => {
      expect(timeJson(time)).toBe(new Date(time).toISOString());
    },
  );

  test('a time that does not exist is null', () => {
    expect(timeJson(Number.NaN)).toBeNull();
  });
});

test.each([
  [0.42, '0.4 ms'],
  [41.2, '41 ms'],
  [999.7, '1.0 s'],
  [59_960, '1 min 0 s'],
  [185_000, '3 min 5 s'],
])('%d ms is %s', (ms, text) => {
  expect(durationText(ms)).toBe(text);
});

test.each([
  [1512.4, '1,512 days'],
  [1.5, '36 hours'],
  [0.05, '72 minutes'],
])('%d days is %s', (days, text) => {
  expect(spanText(days)).toBe(text);
});

test('costs as they are written on the command line', () => {
  expect(feeText({ kind: 'none' })).toBe('none');
  expect(feeText({ kind: 'rate', rate: 0.001 })).toBe('10 bps');
  expect(feeText({ kind: 'maker-taker', maker: -0.00005, taker: 0.00035 })).toBe('maker -0.5 bps, taker 3.5 bps');
  expect(feeText({ kind: 'per-share', perShare: 0.005, min: 1 })).toBe('0.005 a share, at least 1');
  expect(feeText({ kind: 'fixed', perFill: 1.5 })).toBe('1.5 a fill');
  expect(feeText({ kind: 'strategy' })).toBe("the strategy's own");
  expect(slippageText({ kind: 'none' })).toBe('none');
  expect(slippageText({ kind: 'rate', rate: 0.0002 })).toBe('2 bps');
  expect(slippageText({ kind: 'fixed', perUnit: 0.01 })).toBe('0.01 a unit');
});
