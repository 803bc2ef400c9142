/** The highest and lowest of a window, found incrementally, against a search of every window. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { barsSinceExtreme } from '../../src/runtime/indicators/extreme.ts';
import { highest } from '../../src/runtime/indicators/highest.ts';
import { lowest } from '../../src/runtime/indicators/lowest.ts';
import { barsFrom, runIndicators } from '../helpers/indicators.ts';

/** Few different values, so that many are equal; now and then an undefined one. */
const values = fc.array(fc.oneof({ weight: 30, arbitrary: fc.integer({ min: -4, max: 4 }) }, fc.constant(Number.NaN)));
const runs = fc.array(fc.record({ step: fc.integer({ min: -2, max: 2 }), length: fc.integer({ min: 1, max: 30 }) }));

/** Walks that rise, fall and stand still for a while: rising ones, and falling ones, are the two hard cases. */
const walks = runs.map(parts => {
  let value = 0;
  return parts.flatMap(({ step, length }) => Array.from({ length }, () => (value += step)));
});

test('every window', () => {
  fc.assert(
    fc.property(fc.oneof(values, walks), fc.integer({ min: 1, max: 40 }), (close, period) => {
      const actual = runIndicators([barsFrom({ close })], feed => ({
        highest: highest(feed.close, period),
        lowest: lowest(feed.close, period),
        sinceHighest: barsSinceExtreme(feed.close, period, 1),
        sinceLowest: barsSinceExtreme(feed.close, period, -1),
      }));
      const windows = close.map((_, i) => (i < period - 1 ? [Number.NaN] : close.slice(i - period + 1, i + 1)));
      const tops = windows.map(window => Math.max(...window));
      const bottoms = windows.map(window => Math.min(...window));
      expect(actual.highest!.map(noSignOfZero)).toEqual(tops.map(noSignOfZero));
      expect(actual.lowest!.map(noSignOfZero)).toEqual(bottoms.map(noSignOfZero));
      expect(actual.sinceHighest).toEqual(windows.map((window, i) => barsSince(window, tops[i]!)));
      expect(actual.sinceLowest).toEqual(windows.map((window, i) => barsSince(window, bottoms[i]!)));
    }),
    { numRuns: 500 },
  );
});

function barsSince(window: number[], value: number): number {
  return Number.isNaN(value) ? Number.NaN : window.length - 1 - window.lastIndexOf(value);
}

function noSignOfZero(value: number): number {
  return value + 0;
}
