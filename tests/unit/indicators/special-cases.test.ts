/** What a table of numbers hides: what the cloud shows, where trends turn, where nothing is traded. */
import { expect, test } from 'vitest';
import { adx } from '../../../src/runtime/indicators/adx.ts';
import { aroon } from '../../../src/runtime/indicators/aroon.ts';
import { ichimoku } from '../../../src/runtime/indicators/ichimoku.ts';
import { mfi } from '../../../src/runtime/indicators/mfi.ts';
import { parabolicSar } from '../../../src/runtime/indicators/parabolic-sar.ts';
import { rsi } from '../../../src/runtime/indicators/rsi.ts';
import { stochastic } from '../../../src/runtime/indicators/stochastic.ts';
import { supertrend } from '../../../src/runtime/indicators/supertrend.ts';
import { williamsR } from '../../../src/runtime/indicators/williams-r.ts';
import { barsFrom, runIndicators } from '../../helpers/indicators.ts';

const none = Number.NaN;

test('the cloud at a bar is what was known `displacement` bars before', () => {
  const close = Array.from({ length: 40 }, (_, i) => (i * 37) % 23);
  const { now, spanA, spanB } = runIndicators([barsFrom({ close })], feed => {
    const shown = ichimoku(feed, 3, 5, 5, 7);
    const undisplaced = ichimoku(feed, 3, 5, 5, 0);
    return { now: undisplaced.spanA, spanA: shown.spanA, spanB: shown.spanB };
  });
  const warmUp = new Array(11).fill(none);
  expect(spanA).toEqual([...warmUp, ...now!.slice(4, -7)]);
  const middle = (end: number) =>
    (Math.max(...close.slice(end - 4, end + 1)) + Math.min(...close.slice(end - 4, end + 1))) / 2;
  expect(spanB).toEqual([...warmUp, ...Array.from({ length: 29 }, (_, i) => middle(i + 4))]);
});

test('a supertrend turns when the close is beyond its line, and the line changes sides', () => {
  const close = [10, 11, 12, 13, 9, 8, 12];
  const bars = barsFrom({ close, high: close.map(price => price + 0.5), low: close.map(price => price - 0.5) });
  const { line, direction } = runIndicators([bars], feed => ({ ...supertrend(feed, 1, 1) }));
  expect(direction).toEqual([none, 1, 1, 1, -1, -1, 1]);
  expect(line).toEqual([none, 9.5, 10.5, 11.5, 13.5, 9.5, 7.5]);
});

test('a parabolic stop rises with the trend, faster with each new high, and turns where a bar touches it', () => {
  const bars = barsFrom({ high: [10, 12, 14, 14, 9], low: [8, 10, 12, 12, 7], close: [9, 11, 13, 13, 8] });
  const { sar } = runIndicators([bars], feed => ({ sar: parabolicSar(feed, 0.1, 0.15) }));
  const third = 8 + 0.1 * (12 - 8);
  const fourth = third + 0.15 * (14 - third);
  expect(sar).toEqual([none, 8, third, fourth, 14]);
});

test('in an empty range an undefined close has no place', () => {
  const bars = barsFrom({ close: [5, 5, none, 5, 4], high: [5, 5, 5, 5, 5], low: [5, 5, 5, 5, 5] });
  const { percent, k } = runIndicators([bars], feed => ({
    percent: williamsR(feed, 2),
    k: stochastic(feed, 2, 1, 1).k,
  }));
  expect(percent).toEqual([none, 0, none, 0, 0]);
  expect(k).toEqual([none, 0, none, 0, 0]);
});

test.each([2, 3, 14])('however long prices stand still, a strength over %d bars stays what it was', period => {
  const close = Float64Array.from({ length: 20_000 }, (_, i) => (i < 200 ? 100 + ((i * i) % 17) : 105));
  const high = close.map((price, i) => (i < 200 ? price + 1 + (i % 3) : price));
  const low = close.map((price, i) => (i < 200 ? price - 1 - (i % 5) : price));
  const values = runIndicators([barsFrom({ close, high, low })], feed => {
    const { plusDi, minusDi } = adx(feed, period);
    return { rsi: rsi(feed.close, period), plusDi, minusDi };
  });
  for (const name of ['rsi', 'plusDi', 'minusDi']) {
    const still = values[name]!.slice(202);
    expect(still[0]).toBeGreaterThan(0);
    expect(Math.max(...still.map(value => Math.abs(value / still[0]! - 1))), name).toBeLessThan(1e-9);
  }
});

test('of equal highs the newest counts', () => {
  const { up, down } = runIndicators([barsFrom({ close: [1, 5, 5, 2, 2] })], feed => ({ ...aroon(feed, 4) }));
  expect([up!.at(-1), down!.at(-1)]).toEqual([50, 0]);
});

test('without money on the move its index is 0, and undefined in every warm-up', () => {
  const bars = barsFrom({ close: [5, 5, 5, none, 5, 5, 5], volume: [1, 1, 1, 1, 1, 1, 1] });
  expect(runIndicators([bars], feed => ({ mfi: mfi(feed, 2) })).mfi).toEqual([none, none, 0, none, none, none, 0]);
});
