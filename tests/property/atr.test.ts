/** The average true range has the bits of its plain formula, whatever lies between a bar and the close before. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { atr } from '../../src/runtime/indicators/atr.ts';
import { barsFrom, runIndicators } from '../helpers/indicators.ts';

const price = fc.oneof(
  fc.double({ min: 90, max: 110 }),
  fc.integer({ min: 98, max: 102 }),
  fc.double({ min: -1e6, max: 1e6 }),
  fc.constantFrom(0, 1e-300, 1e300, Number.NaN),
);
const bars = fc.array(fc.record({ high: price, low: price, close: price }), { maxLength: 60 });

test('bit for bit', () => {
  fc.assert(
    fc.property(bars, fc.integer({ min: 1, max: 5 }), (rows, period) => {
      const column = (name: 'high' | 'low' | 'close') => rows.map(row => row[name]);
      const feed = barsFrom({ high: column('high'), low: column('low'), close: column('close') });
      const { value } = runIndicators([feed], ({ high, low, close }) => ({ value: atr({ high, low, close }, period) }));
      expect(value).toEqual(plainAtr(rows, period));
    }),
    { numRuns: 500 },
  );
});

function plainAtr(rows: readonly { high: number; low: number; close: number }[], period: number): number[] {
  let [mean, count, before] = [0, 0, Number.NaN];
  return rows.map(({ high, low, close }) => {
    const range = Math.max(high, before) - Math.min(low, before);
    before = close;
    if (!Number.isFinite(close + high + low)) count = 0;
    else if (count > period) mean += (range - mean) / period;
    else {
      mean = count === 0 ? 0 : mean + range;
      if (count++ === period) mean /= period;
    }
    return count > period ? mean : Number.NaN;
  });
}
