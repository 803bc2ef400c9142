import { describe, expect, test } from 'vitest';
import type { RunOptions } from '../../../src/runtime/engine/run-options.ts';
import type { StopLoss } from '../../../src/runtime/index.ts';
import { at, type Context, daily, endings, type Row, run, type Script } from '../../helpers/engine.ts';

const RATE: Partial<RunOptions> = { slippage: { kind: 'rate', rate: 0.01 } };
const FIXED: Partial<RunOptions> = { slippage: { kind: 'fixed', perUnit: 0.5 } };

/** The fills of one order, given at bar 1 with ten held. */
function slipped(place: (context: Context) => void, bar: Row, options: Partial<RunOptions>, spread?: number) {
  const traits = spread === undefined ? {} : { spread };
  return run(
    { 0: ({ order }) => order.market(10), 1: place },
    daily([at(100), at(100), bar], traits),
    options,
  ).fills.slice(1);
}

const WIDE: Row = [100, 110, 90, 100];

describe('worsens', () => {
  test.each<[rule: string, place: (context: Context) => void, options: Partial<RunOptions>, price: number]>([
    ['a bought market order, by a rate', ({ order }) => order.market(2), RATE, 101],
    ['a sold market order, by a rate', ({ order }) => order.market(-2), RATE, 99],
    ['a bought market order, by price units', ({ order }) => order.market(2), FIXED, 100.5],
    ['a sold market order, by price units', ({ order }) => order.market(-2), FIXED, 99.5],
    ['a stop', ({ order }) => order.stop(2, 104), FIXED, 104.5],
    ['a sold stop', ({ order }) => order.stop(-2, 96), FIXED, 95.5],
    ['a trailing stop', ({ order }) => order.trailingStop(-2, { amount: 5 }), FIXED, 94.5],
    ['a market order on close', ({ order }) => order.marketOnClose(2), FIXED, 100.5],
    ['a market order on open', ({ order }) => order.marketOnOpen(2), FIXED, 100.5],
    ['a target of a quantity', ({ order }) => order.targetQuantity(12), FIXED, 100.5],
  ])('%s', (_, place, options, price) => {
    expect(slipped(place, WIDE, options)[0]!.price).toBe(price);
  });

  test('half the spread of the bar is added', () => {
    expect(slipped(({ order }) => order.market(2), WIDE, {}, 0.2)[0]).toMatchObject({ price: 100.1 });
    expect(slipped(({ order }) => order.market(-2), WIDE, FIXED, 0.2)[0]).toMatchObject({ price: 99.4 });
  });

  test('its cost in cash is part of the record', () => {
    const [fill] = slipped(({ order }) => order.market(-2), WIDE, FIXED);
    expect(fill!.slippage).toBe(1);
  });
});

test.each<[rule: string, stopLoss: StopLoss, level: number]>([
  ['a stop at an offset stands behind what the entry paid', { offset: 5 }, 95.5],
  ['a stop that trails stands behind the market', { trail: 5 }, 95],
])('%s', (_, stopLoss, level) => {
  const bars = daily([at(100), at(100), [100, 100, 90, 90]]);
  const { fills } = run({ 0: ({ order }) => order.market(10, { stopLoss }) }, bars, FIXED);
  expect(fills.map(({ price }) => price)).toEqual([100.5, level - 0.5]);
});

describe('never worsens limits', () => {
  test.each<[rule: string, place: (context: Context) => void, price: number]>([
    ['a limit at its price', ({ order }) => order.limit(2, 95), 95],
    ['a limit at a better open', ({ order }) => order.limit(2, 105), 100],
    ['the target of a bracket', ({ order }) => order.limit(-10, 106), 106],
    ['a stop-limit, even when its stop triggers', ({ order }) => order.stopLimit(2, 104, 104), 104],
  ])('%s', (_, place, price) => {
    expect(slipped(place, WIDE, RATE, 1)[0]).toMatchObject({ price, slippage: 0 });
  });
});

describe('of more than the price', () => {
  const HUGE: Partial<RunOptions> = { slippage: { kind: 'fixed', perUnit: 3 }, allowShort: true };
  const penny = daily([at(2), at(2), at(2)]);

  test('leaves a sale with nothing, not with less', () => {
    const play: Script = { 0: ({ order }) => order.market(10), 1: ({ order }) => order.market(-10) };
    const { fills, equity } = run(play, penny, HUGE);
    expect(fills).toMatchObject([{ price: 5 }, { price: 0, slippage: 20 }]);
    expect(equity.at(-1)).toBe(100_000 - 50);
  });

  test('so does half of a spread', () => {
    const play: Script = { 0: ({ order }) => order.market(10), 1: ({ order }) => order.market(-10) };
    const wide = daily([at(2), at(2), at(2)], { spread: 6, product: { tick: 0.01 } });
    expect(run(play, wide).fills).toMatchObject([{ price: 5 }, { price: 0 }]);
  });

  test('nothing is sold short for nothing', () => {
    const { fills, orders } = run({ 0: ({ order }) => order.market(-1e9) }, penny, HUGE);
    expect(fills).toEqual([]);
    expect(endings(orders)).toEqual(['market rejected, buying-power']);
  });
});

describe('is not clamped to the bar', () => {
  test('a fill outside its bar is flagged', () => {
    expect(slipped(({ order }) => order.market(2), at(100), FIXED)[0]).toMatchObject({
      price: 100.5,
      flags: ['outsideBar'],
    });
    expect(slipped(({ order }) => order.market(-2), at(100), FIXED)[0]).toMatchObject({
      price: 99.5,
      flags: ['outsideBar'],
    });
  });

  test('one at its edge is not', () => {
    expect(slipped(({ order }) => order.market(2), [100, 100.5, 100, 100], FIXED)[0]).toMatchObject({
      price: 100.5,
      flags: [],
    });
  });
});
