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

  test('have round marks in their unit', () => {
    const labels = (...args: Parameters<typeof ticksOf>) => ticksOf(...args).map(({ label }) => label);
    expect(labels('ratio', [-0.5, 0], 3)).toEqual(['-40%', '-20%', '0%']);
    expect(labels('log', [90, 1100], 5)).toEqual(['100', '200', '500', '1,000']);
    expect(labels('number', [0, 1000], 4)).toEqual(['0', '250', '500', '750', '1,000']);
  });
});
