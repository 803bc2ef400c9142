/** What every indicator owes: the same bits however it is computed, no look-ahead, the warm-up that it documents. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { adx } from '../../src/runtime/indicators/adx.ts';
import { aroon } from '../../src/runtime/indicators/aroon.ts';
import { atr } from '../../src/runtime/indicators/atr.ts';
import { bollinger } from '../../src/runtime/indicators/bollinger.ts';
import { cci } from '../../src/runtime/indicators/cci.ts';
import { correlation } from '../../src/runtime/indicators/correlation.ts';
import { dema } from '../../src/runtime/indicators/dema.ts';
import { donchian } from '../../src/runtime/indicators/donchian.ts';
import { ema } from '../../src/runtime/indicators/ema.ts';
import { fold } from '../../src/runtime/indicators/fold.ts';
import type { HighLowCloseVolume } from '../../src/runtime/indicators/high-low-close.ts';
import { highest } from '../../src/runtime/indicators/highest.ts';
import { hma } from '../../src/runtime/indicators/hma.ts';
import { ichimoku } from '../../src/runtime/indicators/ichimoku.ts';
import { kama } from '../../src/runtime/indicators/kama.ts';
import { keltner } from '../../src/runtime/indicators/keltner.ts';
import { linearRegressionSlope } from '../../src/runtime/indicators/linear-regression-slope.ts';
import { lowest } from '../../src/runtime/indicators/lowest.ts';
import { macd } from '../../src/runtime/indicators/macd.ts';
import { mfi } from '../../src/runtime/indicators/mfi.ts';
import { momentum } from '../../src/runtime/indicators/momentum.ts';
import { obv } from '../../src/runtime/indicators/obv.ts';
import { parabolicSar } from '../../src/runtime/indicators/parabolic-sar.ts';
import { roc } from '../../src/runtime/indicators/roc.ts';
import { rsi } from '../../src/runtime/indicators/rsi.ts';
import type { Series } from '../../src/runtime/indicators/series.ts';
import { sma } from '../../src/runtime/indicators/sma.ts';
import { stddev } from '../../src/runtime/indicators/stddev.ts';
import { stochastic } from '../../src/runtime/indicators/stochastic.ts';
import { stochasticRsi } from '../../src/runtime/indicators/stochastic-rsi.ts';
import { supertrend } from '../../src/runtime/indicators/supertrend.ts';
import { tema } from '../../src/runtime/indicators/tema.ts';
import { vwap } from '../../src/runtime/indicators/vwap.ts';
import { williamsR } from '../../src/runtime/indicators/williams-r.ts';
import { wma } from '../../src/runtime/indicators/wma.ts';
import { zScore } from '../../src/runtime/indicators/z-score.ts';
import { barsFrom, type Outputs, type RunOptions, runIndicators } from '../helpers/indicators.ts';

type Make = (feed: HighLowCloseVolume, period: number) => Outputs;
/** The bar on which the outputs become defined, counted from the first bar whose inputs are defined. */
type WarmUp = (period: number) => number;

const INDICATORS: [name: string, make: Make, warmUp: WarmUp][] = [
  ['sma', ({ close }, period) => ({ sma: sma(close, period) }), period => period - 1],
  ['ema', ({ close }, period) => ({ ema: ema(close, period) }), period => period - 1],
  ['wma', ({ close }, period) => ({ wma: wma(close, period) }), period => period - 1],
  ['rsi', ({ close }, period) => ({ rsi: rsi(close, period) }), period => period],
  ['macd', ({ close }, period) => ({ ...macd(close, period, period + 5, 4) }), period => period + 7],
  ['macd, fast above slow', ({ close }, period) => ({ ...macd(close, period + 5, period, 1) }), period => period + 4],
  ['bollinger', ({ close }, period) => ({ ...bollinger(close, period) }), period => period - 1],
  ['atr', (feed, period) => ({ atr: atr(feed, period) }), period => period],
  ['stochastic', (feed, period) => ({ ...stochastic(feed, period, 2, 4) }), period => period + 3],
  ['highest', ({ high }, period) => ({ highest: highest(high, period) }), period => period - 1],
  ['lowest', ({ low }, period) => ({ lowest: lowest(low, period) }), period => period - 1],
  ['roc', ({ close }, period) => ({ roc: roc(close, period) }), period => period],
  ['stddev', ({ close }, period) => ({ stddev: stddev(close, period) }), period => period - 1],
  ['dema', ({ close }, period) => ({ dema: dema(close, period) }), period => 2 * period - 2],
  ['tema', ({ close }, period) => ({ tema: tema(close, period) }), period => 3 * period - 3],
  [
    'hma',
    ({ close }, period) => ({ hma: hma(close, period + 1) }),
    period => period - 1 + Math.trunc((period + 1) ** 0.5),
  ],
  ['kama', ({ close }, period) => ({ kama: kama(close, period) }), period => period],
  ['adx', (feed, period) => ({ ...adx(feed, period) }), period => 2 * period - 1],
  ['stochasticRsi', ({ close }, period) => ({ ...stochasticRsi(close, period, 7, 2, 4) }), period => period + 10],
  [
    'stochasticRsi, long k',
    ({ close }, period) => ({ ...stochasticRsi(close, 7, period, 1, 1) }),
    period => period + 6,
  ],
  ['cci', (feed, period) => ({ cci: cci(feed, period) }), period => period - 1],
  ['momentum', ({ close }, period) => ({ momentum: momentum(close, period) }), period => period],
  ['williamsR', (feed, period) => ({ williamsR: williamsR(feed, period) }), period => period - 1],
  ['obv', feed => ({ obv: obv(feed) }), () => 0],
  ['vwap', feed => ({ vwap: vwap(feed) }), () => 0],
  ['mfi', (feed, period) => ({ mfi: mfi(feed, period) }), period => period],
  ['donchian', (feed, period) => ({ ...donchian(feed, period) }), period => period - 1],
  ['keltner', (feed, period) => ({ ...keltner(feed, period, 2, 9) }), period => Math.max(period - 1, 9)],
  ['keltner, long range', (feed, period) => ({ ...keltner(feed, 9, 2, period) }), period => Math.max(8, period)],
  ['supertrend', (feed, period) => ({ ...supertrend(feed, period) }), period => period],
  ['ichimoku', (feed, period) => ({ ...ichimoku(feed, 9, 26, period, 5) }), period => Math.max(26, period) + 4],
  ['ichimoku, displaced', (feed, period) => ({ ...ichimoku(feed, 3, 5, 7, period) }), period => period + 6],
  ['parabolicSar', feed => ({ parabolicSar: parabolicSar(feed) }), () => 1],
  ['aroon', (feed, period) => ({ ...aroon(feed, period) }), period => period],
  [
    'linearRegressionSlope',
    ({ close }, period) => ({ slope: linearRegressionSlope(close, period + 1) }),
    period => period,
  ],
  ['zScore', ({ close }, period) => ({ zScore: zScore(close, period) }), period => period - 1],
  ['correlation', ({ close, high }, period) => ({ r: correlation(close, high, period) }), period => period - 1],
  ['sma of rsi', ({ close }, period) => ({ sma: sma(rsi(close, period), 5) }), period => period + 4],
  ['fold of one series', ({ close }) => ({ fold: fold([close], runningMean) }), () => 0],
  ['fold of two series', ({ high, low }) => ({ fold: fold([high, low], () => (h, l) => h - l) }), () => 0],
  ['fold of three series', feed => ({ fold: fold(columns(feed), () => (h, l, c) => (h + l + c) / 3) }), () => 0],
];

const SETTINGS = { numRuns: 25 };
/** Short ones, and ones above the length of a block. */
const periods = fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 513, max: 1_000 }));
const cases = fc.record({
  seed: fc.nat(),
  length: fc.integer({ min: 1, max: 2_000 }),
  period: periods,
  /** Share of bars that are undefined. */
  gapRate: fc.constantFrom(0, 0.001, 0.02),
});
/** Always tried: rings must be longer than a block and this period together. */
const LONG_PERIOD = { seed: 1, length: 2_000, period: 700, gapRate: 0 };
const partitions = fc.array(fc.integer({ min: 1, max: 512 }), { minLength: 1, maxLength: 8 });

describe.each(INDICATORS)('%s', (_, make, warmUp) => {
  const run = (prices: Prices, period: number, options: RunOptions = {}) =>
    runIndicators([barsFrom(prices)], feed => make(throughRings(feed!), period), options);

  test('one block = bar by bar = any blocks, bit for bit', () => {
    fc.assert(
      fc.property(cases, partitions, ({ seed, length, period, gapRate }, blocks) => {
        const prices = randomPrices(seed, length, gapRate);
        const oneBlock = run(prices, period, { blocks: [length], historyBars: length });
        for (const partition of [[1], [512], blocks]) {
          expectSameBits(run(prices, period, { blocks: partition, historyBars: 1 }), oneBlock);
        }
      }),
      { ...SETTINGS, examples: [[LONG_PERIOD, [512]]] },
    );
  });

  test('cutting off the future changes nothing before', () => {
    fc.assert(
      fc.property(cases, fc.double({ min: 0, max: 1, noNaN: true }), ({ seed, length, period, gapRate }, share) => {
        const prices = randomPrices(seed, length, gapRate);
        const known = Math.ceil(share * length);
        const full = run(prices, period);
        expectSameBits(
          run(cut(prices, known), period),
          mapValues(full, values => values.slice(0, known)),
        );
      }),
      SETTINGS,
    );
  });

  test('after an undefined input the same bits as if the data began there', () => {
    fc.assert(
      fc.property(cases, fc.nat(), ({ seed, length, period }, place) => {
        const prices = randomPrices(seed, length, 0);
        const gap = place % length;
        for (const column of Object.values(prices)) column[gap] = Number.NaN;
        const later = mapValues(run(prices, period), values => values.slice(gap + 1));
        const sinceThen = mapValues(prices, column => column.slice(gap + 1));
        expectSameBits(later, run(sinceThen, period));
      }),
      SETTINGS,
    );
  });

  test('undefined for exactly the documented warm-up, and again after an undefined input', () => {
    fc.assert(
      fc.property(cases, fc.nat(), ({ seed, length, period }, place) => {
        const prices = randomPrices(seed, length, 0);
        const gap = place % length;
        for (const column of Object.values(prices)) column[gap] = Number.NaN;
        const isWarm = (i: number) => (i < gap ? i >= warmUp(period) : i - gap - 1 >= warmUp(period));
        const expected = Array.from({ length }, (_, i) => isWarm(i));
        for (const values of Object.values(run(prices, period))) expect(values.map(Number.isFinite)).toEqual(expected);
      }),
      SETTINGS,
    );
  });
});

type Prices = Readonly<Record<'high' | 'low' | 'close' | 'volume' | 'session', Float64Array>>;

/** A walk with flat stretches, jumps and, at `gapRate`, undefined bars; sessions have 50 bars. */
function randomPrices(seed: number, length: number, gapRate: number): Prices {
  const random = generator(seed);
  const column = () => new Float64Array(length);
  const prices = { high: column(), low: column(), close: column(), volume: column(), session: column() };
  let price = 100;
  for (let i = 0; i < length; i++) {
    const kind = random();
    if (kind > 0.3) price *= 1 + 0.02 * (random() - 0.5);
    if (kind > 0.995) price = 10 + 1e5 * random();
    if (random() < gapRate) price = Number.NaN;
    prices.session[i] = Math.floor(i / 50);
    prices.close[i] = price;
    prices.high[i] = price * (1 + (kind > 0.3 ? 0.01 * random() : 0));
    prices.low[i] = price * (1 - (kind > 0.3 ? 0.01 * random() : 0));
    prices.volume[i] = 1 + Math.floor(1_000 * random());
    if (Number.isNaN(price)) price = 100;
  }
  return prices;
}

/** Mulberry32. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function runningMean(): (value: number) => number {
  let mean = Number.NaN;
  return value => {
    mean = Number.isNaN(mean + value) ? value : mean + 0.1 * (value - mean);
    return mean;
  };
}

/** The same prices as indicators, so that what is read is a ring and not a full column. */
function throughRings({ high, low, close, volume }: HighLowCloseVolume): HighLowCloseVolume {
  const same = (series: Series) => fold([series], () => value => value);
  return { high: same(high), low: same(low), close: same(close), volume: same(volume) };
}

function columns({ high, low, close }: HighLowCloseVolume): Series[] {
  return [high, low, close];
}

function cut(prices: Prices, length: number): Prices {
  return mapValues(prices, column => column.slice(0, length));
}

function mapValues<Name extends string, A, B>(record: Record<Name, A>, change: (value: A) => B): Record<Name, B> {
  const entries = Object.entries<A>(record).map(([name, value]) => [name, change(value)]);
  return Object.fromEntries(entries) as Record<Name, B>;
}

function expectSameBits(actual: Record<string, number[]>, expected: Record<string, number[]>): void {
  const bits = (values: number[]) => Buffer.from(Float64Array.from(values).buffer);
  for (const name of Object.keys(expected)) {
    const isSame = bits(actual[name]!).equals(bits(expected[name]!));
    if (!isSame) expect(actual[name], name).toEqual(expected[name]);
    expect(isSame, `${name}: same bits`).toBe(true);
  }
}
