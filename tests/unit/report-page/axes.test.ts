import { describe, expect, test } from 'vitest';
import { axisLabels, closeText } from '../../../src/report-page/time-text.ts';
import { paddedRange, ticksOf } from '../../../src/report-page/value-axis.ts';

const at = (text: string): number => Date.parse(`${text}Z`) / 1000;
const DAY = 86_400;

describe('labels along time', () => {
  test('say no more than tells them apart', () => {
    expect(axisLabels([at('2019-01-01'), at('2020-01-01')], 365 * DAY)).toEqual(['2019', '2020']);
    expect(axisLabels(['2019-11-01', '2019-12-01', '2020-01-01', '2020-02-01'].map(at), 30 * DAY)).toEqual([
      'Nov 2019',
      'Dec',
      '2020',
      'Feb',
    ]);
    expect(axisLabels(['2019-04-01', '2019-10-01', '2020-04-01', '2020-10-01'].map(at), 183 * DAY)).toEqual([
      'Apr 2019',
      'Oct',
      'Apr 2020',
      'Oct',
    ]);
    expect(axisLabels(['2019-12-29', '2020-01-05'].map(at), 7 * DAY)).toEqual(['29 Dec 2019', '5 Jan 2020']);
    expect(axisLabels(['2020-01-31', '2020-02-01'].map(at), DAY)).toEqual(['31 Jan 2020', '1 Feb']);
    expect(axisLabels(['2020-01-31T18:00', '2020-02-01T00:00', '2020-02-01T06:00'].map(at), DAY / 4)).toEqual([
      '31 Jan 18:00',
      '1 Feb',
      '06:00',
    ]);
  });

  test('a daily close at midnight is called by the day that it ends', () => {
    expect(closeText(at('2020-02-01'), DAY)).toBe('2020-01-31');
    expect(closeText(at('2020-02-01T10:30:20'), 60)).toBe('2020-02-01 10:30');
  });
});

describe('value axes', () => {
  test('have air, but not beyond what they keep', () => {
    expect(paddedRange(0, 100, 'number', [])).toEqual([-6, 106]);
    expect(paddedRange(-0.5, -0.1, 'ratio', [0])).toEqual([-0.53, 0]);
    expect(paddedRange(100, 200, 'log', [])).toEqual([94, 212]);
    expect(paddedRange(5, 5, 'number', [])).toEqual([4.7, 5.3]);
    expect(paddedRange(0, 0, 'number', [])).toEqual([-1, 1]);
    expect(paddedRange(0, 0, 'ratio', [0])).toEqual([-1, 0]);
    expect(paddedRange(null, null, 'number', [])).toEqual([0, 1]);
  });

  test('have labels that fit and tell their marks apart', () => {
    const labels = (...args: Parameters<typeof ticksOf>) => ticksOf(...args).map(({ label }) => label);
    expect(labels('number', [8e6, 1.2e7], 3)).toEqual(['8,000,000', '10,000,000', '12,000,000']);
    expect(labels('number', [9e8, 1.3e9], 3)).toEqual(['1.0B', '1.2B']);
    expect(labels('number', [-2.5e8, 2.5e8], 4)).toEqual(['-200M', '0M', '200M']);
    expect(labels('log', [9e6, 2.2e10], 5)).toEqual(['0.01B', '0.10B', '1.00B', '10.00B']);
    expect(labels('number', [0, 2.7e22], 3)).toEqual(['0', '1.00e+22', '2.00e+22']);
    expect(labels('number', [1.18e-7, 1.21e-7], 3)).toEqual(['1.18e-7', '1.19e-7', '1.2e-7', '1.21e-7']);
    expect(labels('ratio', [-0.0009, 0], 3)).toEqual(['-0.05%', '0.00%']);
  });

  test('are never left with one mark, which is no scale', () => {
    expect(ticksOf('number', [-1.3, 1.9], 3).map(({ label }) => label)).toEqual(['-1', '0', '1']);
  });

  test('have round marks in their unit', () => {
    const labels = (...args: Parameters<typeof ticksOf>) => ticksOf(...args).map(({ label }) => label);
    expect(labels('ratio', [-0.5, 0], 3)).toEqual(['-40%', '-20%', '0%']);
    expect(labels('log', [90, 1100], 5)).toEqual(['100', '200', '500', '1,000']);
    expect(labels('number', [0, 1000], 4)).toEqual(['0', '250', '500', '750', '1,000']);
  });
});
