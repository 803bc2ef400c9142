/** An indicator with inputs of two feeds reads the other feed as it was known when its own bar closed. */
import { describe, expect, test } from 'vitest';
import { fold } from '../../../src/runtime/indicators/fold.ts';
import { sma } from '../../../src/runtime/indicators/sma.ts';
import type { Bars } from '../../../src/runtime/market/bars.ts';
import { barsFrom, runIndicators } from '../../helpers/indicators.ts';

/** Bars that close at these times; each close price is its number in the feed. */
function closingAt(closeTimes: number[], durationMs = 1): Bars {
  const bars = barsFrom({ close: closeTimes.map((_, i) => i) });
  return { ...bars, durationMs, time: Float64Array.from(closeTimes, time => time - durationMs) };
}

/** Per bar of the first feed: the bar of the second feed that is known. */
function knownBars(own: Bars, other: Bars, blocks: number[]): number[] {
  const declare = (a: Parameters<Parameters<typeof runIndicators>[1]>[0], b: typeof a) => ({
    known: fold([a.close, b.close], () => (_, known) => known),
  });
  return runIndicators([own, other], declare, { blocks }).known!;
}

const none = Number.NaN;

describe.each([[[1]], [[2, 1]], [[512]]])('in blocks of %j steps', blocks => {
  test.each<[string, Bars, Bars, number[]]>([
    ['closing together', closingAt([10, 20, 30]), closingAt([10, 20, 30]), [0, 1, 2]],
    ['closing just after is not known yet', closingAt([10, 20, 30]), closingAt([11, 21, 31]), [none, 0, 1]],
    ['closing just before is known', closingAt([10, 20, 30]), closingAt([9, 19, 29]), [0, 1, 2]],
    ['the other feed is finer', closingAt([10, 20]), closingAt([5, 10, 15, 19, 21]), [1, 3]],
    ['the other feed is coarser', closingAt([1, 2, 3, 4, 5]), closingAt([2, 4]), [none, 0, 0, 1, 1]],
    ['the other feed starts late', closingAt([1, 2, 3]), closingAt([3]), [none, none, 0]],
    ['the other feed ends early', closingAt([1, 2, 3]), closingAt([1]), [0, 0, 0]],
    ['an open long before does not count, only the close', closingAt([10, 20]), closingAt([15, 25], 14), [none, 0]],
    ['no bars at all', closingAt([1, 2]), closingAt([]), [none, none]],
  ])('%s', (_, own, other, expected) => expect(knownBars(own, other, blocks)).toEqual(expected));
});

test('close times that the bars bring along count instead of the duration', () => {
  const late = { ...closingAt([10, 20]), closeTime: Float64Array.of(12, 22) };
  expect(knownBars(closingAt([10, 20, 30]), late, [512])).toEqual([none, 0, 1]);
});

test('an indicator of the coarser feed, read on the finer one, over many blocks', () => {
  const fine = closingAt(Array.from({ length: 3_000 }, (_, i) => i + 1));
  const coarse = closingAt(Array.from({ length: 300 }, (_, i) => 10 * (i + 1)));
  const { known } = runIndicators(
    [fine, coarse],
    (a, b) => ({ known: fold([a!.close, sma(b!.close, 2)], () => (_, mean) => mean) }),
    { historyBars: 1 },
  );
  const expected = (i: number) => (i + 1 < 20 ? none : Math.floor((i + 1) / 10) - 1.5);
  expect(known).toEqual(Array.from({ length: 3_000 }, (_, i) => expected(i)));
});
