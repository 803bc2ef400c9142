import { expect, test } from 'vitest';
import { vwap } from '../../../src/runtime/indicators/vwap.ts';
import { barsFrom, runIndicators } from '../../helpers/indicators.ts';

const none = Number.NaN;

/** The VWAP of bars whose high, low and close are equal. */
test.each<[string, { close: number[]; volume: number[]; session?: number[] }, number[]]>([
  ['weighs prices with volume', { close: [10, 20], volume: [3, 1] }, [10, 12.5]],
  ['begins anew with a session', { close: [10, 20, 30], volume: [1, 1, 1], session: [4, 4, 5] }, [10, 15, 30]],
  ['a bar without volume changes nothing', { close: [10, 99, 20], volume: [1, 0, 1] }, [10, 10, 15]],
  ['undefined until the session has volume', { close: [10, 20], volume: [0, 2], session: [1, 1] }, [none, 20]],
  ['and again in the next session', { close: [10, 20], volume: [1, 0], session: [1, 2] }, [10, none]],
  ['begins anew after an undefined bar', { close: [10, none, 30], volume: [1, 1, 1] }, [10, none, 30]],
  ['and after undefined volume', { close: [10, 20, 30], volume: [1, none, 1] }, [10, none, 30]],
])('%s', (_, columns, expected) => {
  expect(runIndicators([barsFrom(columns)], feed => ({ vwap: vwap(feed) })).vwap).toEqual(expected);
});

test('takes the typical price of each bar', () => {
  const bars = barsFrom({ high: [12], low: [6], close: [9], volume: [5] });
  expect(runIndicators([bars], feed => ({ vwap: vwap(feed) })).vwap).toEqual([9]);
});
