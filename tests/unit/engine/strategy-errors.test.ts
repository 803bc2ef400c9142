/** Errors that a strategy can cause while it runs: their codes, and the bar that they name. */
import { describe, expect, test } from 'vitest';
import type { ErrorCode } from '../../../src/runtime/base/error-codes/index.ts';
import { bollinger, choice, defineStrategy, float, int, type Series, sma } from '../../../src/runtime/index.ts';
import { aroundTheClock, at, type Context, daily, flat, HOUR, opening, type Row, run } from '../../helpers/engine.ts';
import { errorOf } from '../../helpers/errors.ts';

const bars = daily(flat(5));
const closing = opening(2) + 6.5 * HOUR;
const codeOf = async (play: Parameters<typeof run>[0]) => (await errorOf(() => run(play, bars))).code;

describe('orders that make no sense', () => {
  test.each<[rule: string, place: (context: Context) => void, message: string]>([
    ['a target of NaN', ({ order }) => order.target(Number.NaN), 'order.target: the fraction is NaN.'],
    [
      'an infinite target',
      ({ order }) => order.target(Number.POSITIVE_INFINITY),
      'order.target: the fraction is Infinity.',
    ],
    [
      'a target quantity of NaN',
      ({ order }) => order.targetQuantity(Number.NaN),
      'order.targetQuantity: the quantity is NaN.',
    ],
    ['a quantity of 0', ({ order }) => order.market(0), 'order.market: the quantity is 0.'],
    ['a quantity of NaN', ({ order }) => order.marketOnOpen(Number.NaN), 'order.marketOnOpen: the quantity is NaN.'],
    ['a limit of NaN', ({ order }) => order.limit(1, Number.NaN), 'order.limit: the limit is NaN.'],
    ['a limit below zero', ({ order }) => order.limit(1, -5), 'order.limit: the limit is -5.'],
    ['a stop of NaN', ({ order }) => order.stop(1, Number.NaN), 'order.stop: the stop is NaN.'],
    [
      'a stop-limit without limit',
      ({ order }) => order.stopLimit(1, 90, Number.NaN),
      'order.stopLimit: the limit is NaN.',
    ],
    [
      'a trail of 0',
      ({ order }) => order.trailingStop(-1, { amount: 0 }),
      'order.trailingStop: the distance is 0, but must be above zero.',
    ],
    [
      'a trail of NaN',
      ({ order }) => order.trailingStop(-1, { fraction: Number.NaN }),
      'order.trailingStop: the distance is NaN, but must be above zero.',
    ],
    [
      'a bracket with a stop of NaN',
      ({ order }) => order.market(1, { stopLoss: Number.NaN }),
      'order.stopLoss: the price is NaN.',
    ],
    [
      'a bracket with a distance below zero',
      ({ order }) => order.target(1, { takeProfit: { offset: -1 } }),
      'order.takeProfit: the distance is -1, but must be above zero.',
    ],
    [
      'a profit target that trails',
      ({ order }) => order.market(1, { takeProfit: { trail: 3 } as never }),
      'order.takeProfit: it cannot trail.',
    ],
    [
      'a stop at two distances',
      ({ order }) => order.market(1, { stopLoss: { offset: 3, trail: 3 } }),
      'order.stopLoss: it has both a trail and an offset.',
    ],
    [
      'a stop without a distance',
      ({ order }) => order.market(1, { stopLoss: { offset: undefined, trail: undefined } as never }),
      'order.stopLoss: it must be a price, or { offset } or { trail } in units of price.',
    ],
    [
      'a stop that is null',
      ({ order }) => order.market(1, { stopLoss: null as never }),
      'order.stopLoss: it must be a price, or { offset } or { trail } in units of price.',
    ],
    [
      'a trailing stop at two distances',
      ({ order }) => order.trailingStop(1, { amount: 3, fraction: 0.1 }),
      'order.trailingStop: it has both an amount and a fraction.',
    ],
    [
      'a trailing stop that no price can reach',
      ({ order }) => order.trailingStop(-1, { fraction: 1 }),
      'order.trailingStop: no price falls by a fraction of 1.',
    ],
    [
      'a time in force that there is not',
      ({ order }) => order.limit(1, 90, { timeInForce: 'fok' as never }),
      'order.timeInForce: it is fok, but must be one of gtc, day, ioc, gtd.',
    ],
    [
      'a stop at a fraction, which a bracket does not have',
      ({ order }) => order.market(1, { stopLoss: { fraction: 0.05 } as never }),
      'order.stopLoss: it must be a price, or { offset } or { trail } in units of price.',
    ],
    [
      'a trail within a trail',
      ({ order }) => order.market(1, { stopLoss: { trail: { fraction: 0.05 } } as never }),
      'order.stopLoss: it must be a price, or { offset } or { trail } in units of price.',
    ],
    [
      'a trailing stop at a plain number',
      ({ order }) => order.trailingStop(-1, 5 as never),
      'order.trailingStop: it needs { amount } in units of price, or { fraction } of the best price.',
    ],
    [
      'a trailing stop without a distance',
      ({ order }) => order.trailingStop(-1, undefined as never),
      'order.trailingStop: it needs { amount } in units of price, or { fraction } of the best price.',
    ],
    [
      'an option of another name, so that there would be no stop',
      ({ order }) => order.market(1, { sl: 95 } as never),
      'order.market: there is no option sl, only stopLoss, takeProfit, timeInForce, goodTill.',
    ],
    [
      'a target with an option of an order',
      ({ order }) => order.target(1, { timeInForce: 'day' } as never),
      'order.target: there is no option timeInForce, only stopLoss, takeProfit, rebalance.',
    ],
    [
      'a target quantity with an option of another name',
      ({ order }) => order.targetQuantity(1, { stoploss: 95 } as never),
      'order.targetQuantity: there is no option stoploss, only stopLoss, takeProfit, rebalance.',
    ],
    [
      'a word in the place of options',
      ({ order }) => order.limit(1, 90, 'day' as never),
      'order.limit: day stands where an object may name stopLoss, takeProfit, timeInForce, goodTill.',
    ],
    [
      'a change of something that orders do not have',
      ({ order }) => order.modify(order.limit(1, 90), { price: 91 } as never),
      'order.modify: there is no option price, only quantity, limit, stop.',
    ],
    [
      'a quantity that is a text',
      ({ order }) => order.market('10' as never),
      'order.market: the quantity is 10, a string.',
    ],
    ['a limit that is a text', ({ order }) => order.limit(1, '90' as never), 'order.limit: the limit is 90, a string.'],
    [
      'a changed limit that is a text',
      ({ order }) => order.modify(order.limit(1, 90), { limit: '91' as never }),
      'order.modify: the limit is 91, a string.',
    ],
    [
      'a changed quantity that is a text',
      ({ order }) => order.modify(order.limit(1, 90), { quantity: '2' as never }),
      'order.modify: the quantity cannot become 2, a string: it is 1, 0 filled.',
    ],
    [
      'a trail that is a text',
      ({ order }) => order.trailingStop(1, { amount: '5' as never }),
      'order.trailingStop: the distance is 5, a string, but must be above zero.',
    ],
    [
      'a date as a text',
      ({ order, time }) => order.limit(1, 90, { goodTill: String(time + 1) as never }),
      `order.goodTill: it is ${closing + 1}, a string, but must be epoch milliseconds after now, ${closing}.`,
    ],
    [
      'something else where an order belongs',
      ({ order }) => order.cancel(1 as never),
      'order.cancel: that is not an order of this product.',
    ],
  ])('%s', async (_, place, message) => {
    const error = await errorOf(() => run({ 2: place }, bars));
    expect(error).toMatchObject({ code: 'GB_STRATEGY_ORDER', message });
    expect(error.where?.bar).toMatchObject({ feed: 'main', index: 2, time: opening(2) });
  });

  test('an order of another product', async () => {
    const data = { a: daily(flat(3)), b: daily(flat(3), { symbol: 'B' }) };
    const play = { 0: ({ orders }: Context) => orders.b.cancel(orders.a.limit(1, 1)) };
    expect((await errorOf(() => run(play, data))).code).toBe('GB_STRATEGY_ORDER');
  });
});

test('an exception is told with the bar, its prices, indicators and parameters', async () => {
  const rows: Row[] = [at(100), at(101), [102, 104, 99, 103, 7], at(104)];
  const strategy = defineStrategy({
    name: 'throws',
    params: { period: int(2) },
    indicators: ({ close, params }) => ({ mean: sma(close, params.period), band: bollinger(close, 2, 1) }),
    onBar: ({ bar }) => {
      if (bar.index === 2) throw new TypeError('cannot do that');
    },
  });
  const error = await errorOf(() => run(strategy, daily(rows), {}, {}, { period: 3 }));
  expect(error).toMatchObject({ code: 'GB_STRATEGY_THREW', message: 'TypeError: cannot do that' });
  expect(error.where).toEqual({
    bar: {
      feed: 'main',
      index: 2,
      time: opening(2),
      values: {
        open: 102,
        high: 104,
        low: 99,
        close: 103,
        volume: 7,
        'ind.mean': (100 + 101 + 103) / 3,
        'ind.band.upper': 103,
        'ind.band.middle': 102,
        'ind.band.lower': 101,
        'params.period': 3,
      },
    },
  });
  expect(error.stack).toContain('strategy-errors.test.ts');
});

test.each<[thrown: unknown, message: string]>([
  [null, 'null'],
  ['a text', 'a text'],
  [{ code: 5, why: 'no money' }, '{"code":5,"why":"no money"}'],
  [Object.create(null), 'an object that cannot be shown'],
  [new Proxy(new Error('hidden'), { get: () => Symbol('no text') }), 'an object that cannot be shown'],
  [Object.assign(new Error('own'), { stack: 5 }), 'Error: own'],
])('whatever is thrown is told with its bar: %#', async (thrown, message) => {
  const throwIt = () => {
    throw thrown;
  };
  const error = await errorOf(() => run({ 2: throwIt }, bars));
  expect(error).toMatchObject({ code: 'GB_STRATEGY_THREW', message, where: { bar: { index: 2 } } });
  expect(typeof error.stack).toBe('string');
});

test.each<[rule: string, make: () => Parameters<typeof run>[0]]>([
  ['onBar', () => defineStrategy({ name: 'a', onBar: (() => Promise.resolve()) as () => void })],
  ['state', () => defineStrategy({ name: 'a', state: async () => ({}), onBar: () => {} })],
  ['onStart', () => defineStrategy({ name: 'a', onBar: () => {}, onStart: (async () => {}) as () => void })],
  ['onEnd', () => defineStrategy({ name: 'a', onBar: () => {}, onEnd: (async () => {}) as () => void })],
  [
    'onFill',
    () => defineStrategy({ name: 'a', onBar: ({ order }) => order.target(1), onFill: (async () => {}) as () => void }),
  ],
])('%s may not return a promise', async (_, make) => {
  expect(await codeOf(make())).toBe('GB_STRATEGY_ASYNC');
});

test.each<[rule: string, read: (context: Context) => unknown, code: ErrorCode]>([
  ['tomorrow', ({ close }) => close.at(-1), 'GB_STRATEGY_FUTURE'],
  ['half a bar', ({ close }) => close.at(0.5), 'GB_STRATEGY_FUTURE'],
  ['the whole column', ({ close }) => (close as unknown as { values: unknown }).values, 'GB_STRATEGY_FUTURE'],
  ['an indicator made in onBar', ({ close }) => sma(close, 2), 'GB_STRATEGY_INDICATOR'],
  ['a series that is compared, which types do not see', ({ close, open }) => close > open, 'GB_STRATEGY_NUMBER'],
  ['a series in a sum', ({ close }) => (close as unknown as number) - 1, 'GB_STRATEGY_NUMBER'],
  ['a series in a text', ({ close }) => `${close}`, 'GB_STRATEGY_NUMBER'],
  ['a position that is compared', ({ position }) => (position as unknown as number) > 0, 'GB_STRATEGY_NUMBER'],
])('%s', async (_, read, code) => {
  const error = await errorOf(() => run({ 3: context => void read(context) }, bars));
  expect(error).toMatchObject({ code, where: { bar: { index: 3 } } });
});

test('an indicator with arguments that make no sense fails before the first bar', async () => {
  const strategy = defineStrategy({ name: 'a', indicators: ({ close }) => ({ mean: sma(close, 0) }), onBar: () => {} });
  const error = await errorOf(() => run(strategy, bars));
  expect(error).toMatchObject({ code: 'GB_STRATEGY_INDICATOR', where: undefined });
});

describe('wrong shapes', () => {
  test.each<[rule: string, indicators: unknown]>([
    ['null', null],
    ['a number', 3],
    ['a promise', Promise.resolve({})],
    ['a number among series', { mean: 3 }],
  ])('indicators that return %s', async (_, indicators) => {
    const declare = () => indicators as Record<string, Series>;
    expect(await codeOf(defineStrategy({ name: 'a', indicators: declare, onBar: () => {} }))).toBe('GB_STRATEGY_SHAPE');
  });

  test.each<[rule: string, definition: object]>([
    ['no name', { name: '', onBar: () => {} }],
    ['no onBar and no signals', { name: 'a' }],
    ['both', { name: 'a', onBar: () => {}, signals: () => ({}) }],
    ['a callback of another name, which nobody would call', { name: 'a', onBar: () => {}, onfill: () => {} }],
    ['a part that there is not', { name: 'a', onBar: () => {}, warmup: 200 }],
    ['a callback beside signals, which nobody would call', { name: 'a', signals: () => ({}), onFill: () => {} }],
    ['onBar that is no function', { name: 'a', onBar: 3 }],
    ['a history of NaN, whose rings would show the future', { name: 'a', history: Number.NaN, onBar: () => {} }],
    ['a default above its range', { name: 'a', params: { x: int(500, { max: 400 }) }, onBar: () => {} }],
    ['a default below 1, where nothing else is said', { name: 'a', params: { x: int(0) }, onBar: () => {} }],
    ['a name of two lines', { name: 'a\nb', onBar: () => {} }],
    ['a name with a command of terminals', { name: 'a\u001b[31m', onBar: () => {} }],
    ['a default that is no whole number', { name: 'a', params: { x: int(2.5) }, onBar: () => {} }],
    ['a default of NaN', { name: 'a', params: { x: float(Number.NaN) }, onBar: () => {} }],
    ['a default that is no choice', { name: 'a', params: { x: choice('c' as 'a', ['a']) }, onBar: () => {} }],
    ['a parameter that is a plain value', { name: 'a', params: { x: 5 }, onBar: () => {} }],
    ['a history below zero', { name: 'a', history: -1, onBar: () => {} }],
    ['onBar that is a generator, which runs nothing', { name: 'a', *onBar() {} }],
    ['onBar that is an asynchronous generator', { name: 'a', async *onBar() {} }],
    ['onFill that is a generator', { name: 'a', onBar: () => {}, *onFill() {} }],
    ['indicators that are a generator', { name: 'a', onBar: () => {}, *indicators() {} }],
    ['state that is a generator', { name: 'a', onBar: () => {}, *state() {} }],
    ['state that is an object, which runs would share', { name: 'a', onBar: () => {}, state: { n: 0 } }],
    ['onFill that is no function', { name: 'a', onBar: () => {}, onFill: true }],
    ['data without a feed', { name: 'a', data: {}, onBar: () => {} }],
    ['a feed that is no text', { name: 'a', data: { spy: 'spy.csv', ibm: 5 }, onBar: () => {} }],
  ])('a declaration with %s', (_, definition) => {
    const declare = () => defineStrategy(definition as Parameters<typeof defineStrategy>[0]);
    expect(declare).toThrow(expect.objectContaining({ code: 'GB_STRATEGY_SHAPE' }));
  });
});

test.each([
  [
    { onfill: () => {} },
    'defineStrategy: a strategy has no `onfill`. Did you mean "onFill"?',
    'It may have name, data, params, account, history, indicators, state, onBar, signals, onStart, onFill, onEnd.',
  ],
  [{ init: undefined }, undefined, undefined],
])('a part of another name: %j', (part, message, hint) => {
  const declare = () => defineStrategy({ name: 'a', onBar: () => {}, ...part } as never);
  if (message === undefined) expect(declare).not.toThrow();
  else expect(declare).toThrow(expect.objectContaining({ message, hint }));
});

test('a run can be cancelled between blocks of bars', async () => {
  let asked = 0;
  const shouldStop = () => ++asked === 2;
  const error = await errorOf(() => run({}, aroundTheClock(1, flat(5000)), {}, { shouldStop }));
  expect(error.code).toBe('GB_RUN_CANCELLED');
  expect(asked).toBe(2);
});
