import { describe, expect, test } from 'vitest';
import type { RunOptions } from '../../../src/runtime/engine/run-options.ts';
import { defineStrategy } from '../../../src/runtime/index.ts';
import type { CorporateAction } from '../../../src/runtime/market/holder-events.ts';
import type { Product } from '../../../src/runtime/market/product.ts';
import {
  at,
  booked,
  type Context,
  daily,
  endings,
  flat,
  intraday,
  type OnFill,
  opening,
  type Row,
  run,
  type Script,
  script,
  told,
} from '../../helpers/engine.ts';

const split = (day: number, ratio: number): CorporateAction => ({ time: opening(day), ratio, dividend: 0 });
const dividend = (day: number, cash: number): CorporateAction => ({ time: opening(day), ratio: 1, dividend: cash });
const SHORTS: Partial<RunOptions> = { allowShort: true };

describe('a split', () => {
  const half: Row[] = [at(100), at(100), at(50), at(50)];
  const two = { actions: [split(2, 2)] };

  test.each<[what: string, quantity: number]>([
    ['a long position', 300],
    ['a short position', -300],
  ])('%s has new units at a new price, and the same worth', (_, quantity) => {
    const { record, equity, cash } = run({ 0: ({ order }) => order.market(quantity) }, daily(half, two), SHORTS);
    expect(record.positions).toEqual([{ quantity: 2 * quantity, averagePrice: 50, lastPrice: 50 }]);
    expect(equity).toEqual([100_000, 100_000, 100_000, 100_000]);
    expect(booked(cash)).toEqual(['2: split x 2']);
    expect(cash).toMatchObject([{ time: opening(2), amount: 0 }]);
  });

  test('what is bought at that open is bought in new units, and not split again', () => {
    const { record, cash } = run({ 1: ({ order }) => order.market(300) }, daily(half, two));
    expect(record.positions).toMatchObject([{ quantity: 600, averagePrice: 50 }]);
    expect(cash).toEqual([]);
  });

  test('one for ten; what is left of a lot stays, and can be sold', () => {
    const play: Script = { 0: ({ order }) => order.market(105), 2: ({ order }) => order.target(0) };
    const bars = daily([at(10), at(10), at(100), at(100)], { actions: [split(2, 0.1)], product: { lot: 1 } });
    const { fills } = run(play, bars);
    expect(told(fills)).toEqual(['1: +105 @ 10', '3: -10.5 @ 100']);
  });

  const waiting: [kind: string, place: (context: Context) => void, bar: Row, fill: string][] = [
    ['a market order', ({ order }) => order.market(10), at(50), '2: +20 @ 50'],
    ['a limit', ({ order }) => order.limit(10, 98), [50, 50, 48, 50], '2: +20 @ 49'],
    ['a stop', ({ order }) => order.stop(10, 104), [50, 53, 50, 50], '2: +20 @ 52'],
    ['a stop-limit', ({ order }) => order.stopLimit(10, 104, 106), [50, 53, 50, 50], '2: +20 @ 52'],
    ['a trailing stop', ({ order }) => order.trailingStop(10, { amount: 4 }), [50, 53, 50, 50], '2: +20 @ 52'],
    ['a target of a quantity', ({ order }) => order.targetQuantity(10), at(50), '2: +20 @ 50'],
    ['a target of a fraction', ({ order }) => order.target(0.01), at(50), '2: +20 @ 50'],
  ];

  test.each(waiting)('%s that waits asks for the same in new units', (_, place, bar, fill) => {
    const { fills } = run({ 1: place }, daily([at(100), at(100), bar], two));
    expect(told(fills)).toEqual([fill]);
  });

  test('a target sized at the decision too', () => {
    const { fills } = run({ 1: ({ order }) => order.target(0.01) }, daily(half, two), { sizing: 'decision' });
    expect(told(fills)).toEqual(['2: +20 @ 50']);
  });

  test('what is left of an order that filled in part', () => {
    const bars = daily([at(100), at(100, 8), at(50, 8), at(50)], two);
    const { fills, orders } = run({ 0: ({ order }) => order.market(10) }, bars, { maxParticipation: 0.5 });
    expect(told(fills)).toEqual(['1: +4 @ 100', '2: +4 @ 50', '3: +8 @ 50']);
    expect(orders).toMatchObject([{ quantity: 20, filled: 20, state: 'filled' }]);
  });

  test.each<[rule: string, ratio: number, product: Partial<Product>, quantity: number, limit: number]>([
    ['quantities are floored to the lot', 1.5, { lot: 10 }, 40, 60],
    ['prices are rounded to the tick, against the trader', 3, { tick: 0.5 }, 90, 30],
    ['nothing is rounded where the product has neither', 3, {}, 90, 30.3333333333],
  ])('%s', (_, ratio, product, quantity, limit) => {
    const bars = daily([at(100), at(100), at(100 / ratio)], { actions: [split(2, ratio)], product });
    const price = product.lot === undefined ? 91 : 90;
    const { orders } = run({ 1: ({ order }) => order.limit(30, price) }, bars, { limitFill: 'touch' });
    expect(orders[0]!.quantity).toBe(quantity);
    expect(orders[0]!.limit).toBeCloseTo(limit, 9);
  });

  test('an order of less than a lot ends', () => {
    const bars = daily([at(10), at(10), at(100)], { actions: [split(2, 0.1)], product: { lot: 1 } });
    const { orders } = run({ 1: ({ order }) => order.limit(5, 9) }, bars);
    expect(endings(orders)).toEqual(['limit cancelled, below-lot']);
    expect(orders[0]!.ended).toBe(opening(2));
  });

  test('both sides of a bracket protect what is held', () => {
    const play: Script = { 0: ({ order }) => order.market(10, { stopLoss: 90, takeProfit: { offset: 20 } }) };
    const falls = run(play, daily([...half.slice(0, 3), [50, 50, 44, 45]], two));
    expect(told(falls.fills)).toEqual(['1: +10 @ 100', '3: -20 @ 45']);
    const rises = run(play, daily([...half.slice(0, 3), [50, 61, 50, 60]], two));
    expect(told(rises.fills)).toEqual(['1: +10 @ 100', '3: -20 @ 60']);
  });

  test.each<[side: string, bracket: object, bar: Row, fill: string]>([
    ['prices', { stopLoss: 90 }, [50, 50, 44, 45], '3: -20 @ 45'],
    ['distances', { takeProfit: { offset: 20 } }, [50, 61, 50, 60], '3: -20 @ 59'],
    ['trailing distances', { stopLoss: { trail: 10 } }, [50, 50, 40, 45], '3: -20 @ 44'],
    ['a trail that is undefined', { stopLoss: { trail: undefined, offset: 10 } }, [50, 50, 40, 45], '3: -20 @ 44'],
  ])('a bracket that has not come to life yet: %s', (_, bracket, bar, fill) => {
    const bars = daily([at(100), at(100), [50, 50, 48, 49], bar], two);
    const { fills } = run({ 1: ({ order }) => order.limit(10, 98, bracket) }, bars);
    expect(told(fills)).toEqual(['2: +20 @ 49', fill]);
  });

  test("a target's bracket too", () => {
    const play: Script = { 1: ({ order }) => order.target(0.01, { stopLoss: 90 }) };
    const { fills } = run(play, daily([at(100), at(100), at(50), [50, 50, 44, 45]], two));
    expect(told(fills)).toEqual(['2: +20 @ 50', '3: -20 @ 45']);
  });

  test('the remembered target is in new units: the same target is no order', () => {
    const play: Script = { 0: ({ order }) => order.targetQuantity(10), 2: ({ order }) => order.targetQuantity(20) };
    const { orders } = run(play, daily(half, two));
    expect(endings(orders)).toEqual(['target filled']);
  });

  test('on bars of an hour it comes with the first one of the day; other products stay as they are', () => {
    const a = intraday(60, [flat(2), flat(2), flat(2, 50)], two);
    const b = daily(flat(3), { symbol: 'B' });
    const play: Script = {
      0: ({ orders }) => {
        orders.a.market(10);
        orders.b.market(10);
      },
    };
    const { record, cash, equity } = run(play, { a, b });
    expect(booked(cash)).toEqual(['6: split x 2']);
    expect(record.positions.map(({ quantity }) => quantity)).toEqual([20, 10]);
    expect(new Set(equity)).toEqual(new Set([100_000]));
  });

  test('inside a longer bar it comes before that bar', () => {
    const week = daily([at(100), at(100), [100, 100, 50, 50]]);
    const bars = { ...week.bars, durationMs: 5 * 24 * 3_600_000, time: Float64Array.of(0, 7, 14).map(d => opening(d)) };
    const { equity, record } = run({ 0: ({ order }) => order.market(10) }, { ...week, bars, actions: [split(16, 2)] });
    expect(equity).toEqual([100_000, 100_000, 100_000]);
    expect(record.positions).toMatchObject([{ quantity: 20 }]);
  });

  test('a split before the first bar has happened already', () => {
    const { record } = run(
      { 0: ({ order }) => order.market(10) },
      daily(flat(3), { actions: [split(-1, 2), split(0, 2)] }),
    );
    expect(record.positions).toMatchObject([{ quantity: 10 }]);
  });

  test.each([0, 1, 2])('nor is an order of onStart split that is given after it, with a split on day %i', day => {
    const late = { a: daily(flat(4), { actions: [split(day, 2)] }), b: daily(flat(2), { symbol: 'B', fromDay: 2 }) };
    const play = defineStrategy({
      name: 'buys first',
      data: { a: late.a.name, b: late.b.name },
      onStart: ({ order }) => void order.market(10, { stopLoss: 90 }),
      onBar: () => {},
    });
    const { fills, orders } = run(play, late);
    expect(told(fills)).toEqual(['3: +10 @ 100']);
    expect(orders.at(-1)).toMatchObject({ kind: 'stop', stop: 90 });
  });

  test('what onFill is told of later is in new units', () => {
    const told: number[] = [];
    const onFill: OnFill = ({ fill, position }) => told.push(fill.quantity, position.quantity);
    const bars = daily(half, two);
    run(script({ 0: ({ order }) => order.market(10), 2: ({ order }) => order.market(-5) }, bars, onFill), bars);
    expect(told).toEqual([10, 10, -5, 15]);
  });
});

describe('a cash dividend', () => {
  const less: Row[] = [at(100), at(100), at(99), at(99)];
  const one = { actions: [dividend(2, 1)] };

  test.each<[rule: string, play: Script, rows: string[]]>([
    [
      'is paid for what is held before the first bar without it',
      { 0: ({ order }) => order.market(300) },
      ['2: dividend 300'],
    ],
    ['a short position pays it', { 0: ({ order }) => order.market(-300) }, ['2: dividend -300']],
    ['bought at that bar: none', { 1: ({ order }) => order.market(300) }, []],
    [
      'sold at that bar: paid',
      { 0: ({ order }) => order.market(300), 1: ({ order }) => order.market(-300) },
      ['2: dividend 300'],
    ],
    ['nothing held: none', {}, []],
  ])('%s', (_, play, rows) => {
    const { cash } = run(play, daily(less, one), SHORTS);
    expect(booked(cash)).toEqual(rows);
  });

  test('makes up for the fall of the price', () => {
    const { equity, record, cash } = run({ 0: ({ order }) => order.market(300) }, daily(less, one));
    expect(equity).toEqual([100_000, 100_000, 100_000, 100_000]);
    expect(record).toMatchObject({ finalCash: 70_300, positions: [{ averagePrice: 100 }] });
    expect(cash).toMatchObject([{ time: opening(2), product: 'stock.A.usa' }]);
  });

  test('with a split on the same day it is paid for the old units', () => {
    const both = { actions: [{ time: opening(2), ratio: 2, dividend: 4 }] };
    const { cash, equity } = run({ 0: ({ order }) => order.market(300) }, daily([at(100), at(100), at(48)], both));
    expect(booked(cash)).toEqual(['2: dividend 1200', '2: split x 2']);
    expect(equity.at(-1)).toBe(100_000);
  });

  test('can be spent at the open that it comes with', () => {
    const play: Script = { 0: ({ order }) => order.market(1000), 1: ({ order }) => order.market(10) };
    expect(endings(run(play, daily(less, one)).orders)).toEqual(['market filled', 'market filled']);
    expect(endings(run(play, daily(less)).orders)).toEqual(['market filled', 'market rejected, buying-power']);
  });

  test('can use up the equity of a short position', () => {
    const bars = daily([at(100), at(100), at(100)], { actions: [dividend(2, 100)] });
    const { record } = run({ 0: ({ order }) => order.market(-1000) }, bars, SHORTS);
    expect(record).toMatchObject({ state: 'wiped-out', finalEquity: 0 });
  });
});
