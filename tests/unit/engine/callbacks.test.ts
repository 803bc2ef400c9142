/** When a strategy's functions are called, and what they see. */
import { describe, expect, test } from 'vitest';
import { defineStrategy, type Fill, sma } from '../../../src/runtime/index.ts';
import { at, type Context, daily, endings, HOUR, opening, run, script, told } from '../../helpers/engine.ts';

const prices = (...values: number[]) => daily(values.map(value => at(value)));

test('onStart, then onBar, onFill before onBar, onEnd last', () => {
  const log: string[] = [];
  const strategy = defineStrategy({
    name: 'log',
    indicators: ({ close }) => ({ mean: sma(close, 2) }),
    onStart: ({ bar }) => log.push(`start ${bar.index}`),
    onFill: ({ bar, fill }) => log.push(`fill ${bar.index}: ${fill.quantity}`),
    onBar: ({ bar, order }) => {
      log.push(`bar ${bar.index}`);
      if (bar.index === 1) order.market(3);
    },
    onEnd: ({ bar }) => log.push(`end ${bar.index}`),
  });
  run(strategy, prices(1, 1, 1, 1));
  expect(log).toEqual(['start 1', 'bar 1', 'fill 2: 3', 'bar 2', 'bar 3', 'end 3']);
});

describe('onFill', () => {
  test('is told of every fill, and sees the position and the account after the bar', () => {
    const seen: unknown[] = [];
    const two = {
      0: ({ order }: Context) => {
        order.market(10);
        order.market(5);
      },
    };
    const data = daily([at(100), [100, 110, 90, 104]]);
    const strategy = script(two, data, ({ fill, position, account, bar }) => {
      seen.push([fill.quantity, fill.order?.id, position.quantity, account.cash, account.equity, bar.close.value]);
    });
    run(strategy, data);
    expect(seen).toEqual([
      [10, 1, 15, 98_500, 98_500 + 15 * 104, 104],
      [5, 2, 15, 98_500, 98_500 + 15 * 104, 104],
    ]);
  });

  test('gets price, fee and time of the fill', () => {
    const seen: Fill[] = [];
    const data = prices(100, 100);
    run(
      script({ 0: ({ order }) => order.market(10) }, data, ({ fill }) => seen.push(fill)),
      data,
      {
        fee: { kind: 'fixed', perFill: 2 },
        slippage: { kind: 'fixed', perUnit: 1 },
      },
    );
    expect(seen).toMatchObject([{ product: 'stock.A.usa', quantity: 10, price: 101, fee: 2, time: opening(1) }]);
    expect(seen[0]!.order).toMatchObject({ kind: 'market', state: 'filled', filled: 10 });
  });

  test.each([
    ['plain', {}, {}],
    ['with a bracket', { stopLoss: 50 }, {}],
    ['under a volume cap', {}, { maxParticipation: 1 }],
  ])('a target has no order: %s', (_, bracket, options) => {
    const seen: unknown[] = [];
    const data = prices(100, 100);
    run(
      script({ 0: ({ order }) => order.target(0.5, bracket) }, data, ({ fill }) => seen.push(fill.order)),
      data,
      options,
    );
    expect(seen).toEqual([undefined]);
  });

  test('what it orders is live from the next bar', () => {
    const data = prices(100, 101, 102);
    const strategy = script({ 0: ({ order }) => order.market(1) }, data, ({ fill, order }) => {
      if (fill.quantity === 1) order.market(-1);
    });
    expect(told(run(strategy, data).fills)).toEqual(['1: +1 @ 101', '2: -1 @ 102']);
  });

  test('hears of the bar that wipes the account out, onBar does not', () => {
    const log: string[] = [];
    const strategy = defineStrategy({
      name: 'wiped out',
      onBar: ({ bar, order }) => {
        log.push(`bar ${bar.index}`);
        if (bar.index === 0) order.market(2000);
      },
      onFill: ({ bar }) => log.push(`fill ${bar.index}`),
      onEnd: ({ bar }) => log.push(`end ${bar.index}`),
    });
    run(strategy, daily([at(100), [100, 100, 40, 40], at(100)]), { leverage: 2 });
    expect(log).toEqual(['bar 0', 'fill 1', 'end 1']);
  });
});

test('orders of onStart are live from the next bar, those of onEnd stay open', () => {
  const strategy = defineStrategy({
    name: 'ends',
    onStart: ({ order }) => order.market(1),
    onBar: () => {},
    onEnd: ({ order }) => order.market(-1),
  });
  const { fills, orders } = run(strategy, prices(100, 101, 102));
  expect(told(fills)).toEqual(['1: +1 @ 101']);
  expect(endings(orders)).toEqual(['market filled', 'market open, run-ended']);
});

test('onBar sees its bar and its close, and the past, but no more', () => {
  const seen: unknown[] = [];
  run(
    ({ bar, close, high, time }) => seen.push([bar.index, close.at(0), close.at(1), high.value, time - opening(0)]),
    daily([
      [10, 12, 9, 11],
      [20, 22, 19, 21],
    ]),
  );
  expect(seen).toEqual([
    [0, 11, Number.NaN, 12, 6.5 * HOUR],
    [1, 21, 11, 22, 30.5 * HOUR],
  ]);
});

test('position and account are those of the close', () => {
  const seen: unknown[] = [];
  const look = ({ position, account, order, bar }: Context) => {
    if (bar.index === 0) order.market(10);
    const { quantity, averagePrice, value, profit, isFlat, isLong, isShort } = position;
    seen.push([quantity, averagePrice, value, profit, isFlat, isLong, isShort, account.cash, account.equity]);
  };
  run(look, daily([at(100), [100, 120, 100, 110]]));
  expect(seen).toEqual([
    [0, Number.NaN, 0, 0, true, false, false, 100_000, 100_000],
    [10, 100, 1100, 100, false, true, false, 99_000, 100_100],
  ]);
});

test('state is made anew for every run', () => {
  const strategy = defineStrategy({
    name: 'state',
    state: () => ({ bars: 0 }),
    onBar: ({ state, order }) => {
      state.bars++;
      if (state.bars === 2) order.market(1);
    },
  });
  const once = () => told(run(strategy, prices(1, 2, 3, 4)).fills);
  expect(once()).toEqual(['2: +1 @ 3']);
  expect(once()).toEqual(['2: +1 @ 3']);
});

test('the average price follows increases, not reductions, and starts anew on the other side', () => {
  const averages: number[] = [];
  const quantities = [10, 10, -5, -30];
  const play = ({ bar, order, position }: Context) => {
    averages.push(position.averagePrice);
    if (quantities[bar.index] !== undefined) order.market(quantities[bar.index]!);
  };
  run(play, prices(1, 100, 110, 120, 130), { allowShort: true });
  expect(averages).toEqual([Number.NaN, 100, 105, 105, 130]);
});
