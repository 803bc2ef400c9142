import { describe, expect, test } from 'vitest';
import type { GoboolError } from '../../../src/runtime/base/error.ts';
import { atr } from '../../../src/runtime/indicators/atr.ts';
import { bollinger } from '../../../src/runtime/indicators/bollinger.ts';
import { fold } from '../../../src/runtime/indicators/fold.ts';
import type { HighLowClose } from '../../../src/runtime/indicators/high-low-close.ts';
import { hma } from '../../../src/runtime/indicators/hma.ts';
import { macd } from '../../../src/runtime/indicators/macd.ts';
import { obv } from '../../../src/runtime/indicators/obv.ts';
import { parabolicSar } from '../../../src/runtime/indicators/parabolic-sar.ts';
import type { Series } from '../../../src/runtime/indicators/series.ts';
import { sma } from '../../../src/runtime/indicators/sma.ts';
import { supertrend } from '../../../src/runtime/indicators/supertrend.ts';
import { errorOf } from '../../helpers/errors.ts';
import { barsFrom, type Outputs, runIndicators } from '../../helpers/indicators.ts';

/** What `read` gives on every bar of these closes. */
function readEachBar<T>(closes: number[], read: (close: Series, mean: Series) => T): T[] {
  const answers: T[] = [];
  runIndicators([barsFrom({ close: closes })], ({ close }) => ({ close, mean: sma(close, 2) }), {
    onStep: ({ close, mean }) => answers.push(read(close!, mean!)),
  });
  return answers;
}

function declarationError(declare: (feed: HighLowClose) => Outputs): Promise<GoboolError> {
  return errorOf(() => runIndicators([barsFrom({ close: [1, 2, 3] })], declare));
}

describe('at()', () => {
  test.each<[string, (close: Series, mean: Series) => number, number[]]>([
    ['at(0) of prices is the current bar', close => close.at(0), [3, 5, 9]],
    ['at(1) is the bar before; before the first bar NaN', close => close.at(1), [Number.NaN, 3, 5]],
    ['value is at(0)', close => close.value, [3, 5, 9]],
    ['an indicator is NaN during its warm-up', (_, mean) => mean.at(0), [Number.NaN, 4, 7]],
    ['an indicator one bar ago', (_, mean) => mean.at(1), [Number.NaN, Number.NaN, 4]],
    ['further back than the data', (_, mean) => mean.at(15), [Number.NaN, Number.NaN, Number.NaN]],
  ])('%s', (_, read, expected) => expect(readEachBar([3, 5, 9], read)).toEqual(expected));

  test.each([
    [-1, 'at(-1) is a bar in the future.'],
    [-0.5, 'at(-0.5) is a bar in the future.'],
    [0.5, 'at(0.5) is not a whole number of bars.'],
    [Number.NaN, 'at(NaN) is not a whole number of bars.'],
    [Number.POSITIVE_INFINITY, 'at(Infinity) is not a whole number of bars.'],
  ])('at(%d) is refused', async (barsAgo, message) => {
    for (const read of [(close: Series) => close.at(barsAgo), (_: Series, mean: Series) => mean.at(barsAgo)]) {
      expect(await errorOf(() => readEachBar([3, 5, 9], read))).toMatchObject({ code: 'GB_STRATEGY_FUTURE', message });
    }
  });
});

describe('history', () => {
  const closes = Array.from({ length: 2_000 }, (_, i) => i);
  const readAll = (historyBars: number, barsAgo: number) => {
    const wrong: number[] = [];
    let bar = -1;
    runIndicators([barsFrom({ close: closes })], ({ close }) => ({ mean: sma(close, 1) }), {
      historyBars,
      blocks: [512, 7, 300],
      onStep: ({ mean }) => {
        bar++;
        const expected = bar < barsAgo ? Number.NaN : bar - barsAgo;
        if (!Object.is(mean!.at(barsAgo), expected)) wrong.push(bar);
      },
    });
    return wrong;
  };

  test('every value within the declared history is there, on every bar of a block', () => {
    for (const historyBars of [0, 1, 100, 512, 600, 5_000]) expect(readAll(historyBars, historyBars)).toEqual([]);
  });

  test('an older value is an error that names the remedy, never another bar', async () => {
    const error = await errorOf(() => readAll(100, 900));
    expect(error).toMatchObject({ code: 'GB_STRATEGY_HISTORY', hint: 'Declare `history: 900` in defineStrategy().' });
    expect(readAll(900, 900)).toEqual([]);
  });
});

describe('declaration errors', () => {
  const notASeries = undefined as unknown as Series;
  test.each<[string, (feed: HighLowClose) => Outputs, string]>([
    ['period 0', ({ close }) => ({ x: sma(close, 0) }), 'sma: period is 0, but must be a whole number of at least 1.'],
    ['period 2.5', feed => ({ x: atr(feed, 2.5) }), 'atr: period is 2.5, but must be a whole number of at least 1.'],
    ['no period', ({ close }) => ({ x: sma(close, Number.NaN) }), 'sma: period is NaN'],
    ['macd signal', ({ close }) => ({ ...macd(close, 12, 26, -9) }), 'macd: signal is -9'],
    [
      'deviations 0',
      ({ close }) => ({ ...bollinger(close, 20, 0) }),
      'bollinger: deviations is 0, but must be above 0.',
    ],
    [
      'hma period 1',
      ({ close }) => ({ x: hma(close, 1) }),
      'hma: period is 1, but must be a whole number of at least 2.',
    ],
    ['acceleration 0', feed => ({ x: parabolicSar(feed, 0) }), 'acceleration is 0, but must be above 0.'],
    [
      'infinite ranges',
      feed => ({ ...supertrend(feed, 10, Number.POSITIVE_INFINITY) }),
      'ranges is Infinity, but must be',
    ],
    ['a missing volume', feed => ({ x: obv({ close: feed.close, volume: notASeries }) }), 'was given nothing'],
    ['a number', () => ({ x: sma(5 as unknown as Series, 3) }), 'was given the number 5 where it needs a series'],
    ['a record', ({ close }) => ({ x: sma(macd(close) as unknown as Series, 3) }), 'was given an object'],
    ['nothing', () => ({ x: sma(notASeries, 3) }), 'was given nothing'],
    ['a missing member', ({ high, close }) => ({ x: atr({ high, low: notASeries, close }, 3) }), 'was given nothing'],
    ['a fold of nothing', () => ({ x: fold([], () => () => 1) }), 'was given nothing'],
  ])('%s', async (_, declare, message) => {
    const error = await declarationError(declare);
    expect(error.code).toBe('GB_STRATEGY_INDICATOR');
    expect(error.message).toContain(message);
  });

  test('an indicator made while the run is under way', async () => {
    const error = await errorOf(() => readEachBar([3, 5, 9], close => sma(close, 2).at(0)));
    expect(error.code).toBe('GB_STRATEGY_INDICATOR');
    expect(error.message).toContain('created while the run was under way');
  });
});
