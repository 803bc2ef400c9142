import { describe, expect, test } from 'vitest';
import type { Order, OrderChanges } from '../../../src/runtime/index.ts';
import {
  at,
  type Context,
  daily,
  endings,
  HOUR,
  intraday,
  opening,
  run,
  type Script,
  told,
} from '../../helpers/engine.ts';

/** Places an order at bar 0 and does something with it at bar 1. */
function later(place: (context: Context) => Order, change: (order: Order, context: Context) => void): Script {
  let placed: Order;
  return {
    0: context => {
      placed = place(context);
    },
    1: context => change(placed, context),
  };
}

const dip = daily([at(100), at(100), [100, 103, 97, 100], at(100)]);

describe('modify', () => {
  test.each<[rule: string, place: (context: Context) => Order, changes: OrderChanges, expected: string[]]>([
    ['a limit moves', ({ order }) => order.limit(1, 90), { limit: 98 }, ['2: +1 @ 98']],
    ['a stop moves', ({ order }) => order.stop(1, 110), { stop: 102 }, ['2: +1 @ 102']],
    [
      'both of a stop-limit move',
      ({ order }) => order.stopLimit(1, 110, 90),
      { stop: 102, limit: 104 },
      ['2: +1 @ 102'],
    ],
    ['the quantity changes', ({ order }) => order.limit(1, 98), { quantity: 5 }, ['2: +5 @ 98']],
    ['nothing changes', ({ order }) => order.limit(1, 98), {}, ['2: +1 @ 98']],
  ])('%s from the next bar on', (_, place, changes, expected) => {
    const { fills } = run(
      later(place, (order, context) => context.order.modify(order, changes)),
      dip,
    );
    expect(told(fills)).toEqual(expected);
  });

  test('the quantity includes what is filled', () => {
    const bars = daily([at(100), at(100, 10), at(100, 100)]);
    const play = later(
      ({ order }) => order.market(10),
      (order, context) => context.order.modify(order, { quantity: 7 }),
    );
    expect(told(run(play, bars, { maxParticipation: 0.5 }).fills)).toEqual(['1: +5 @ 100', '2: +2 @ 100']);
  });

  test('an order that has ended is left alone', () => {
    const answers: boolean[] = [];
    const play = later(
      ({ order }) => order.market(1),
      (order, context) => answers.push(context.order.modify(order, { quantity: 2 }), context.order.cancel(order)),
    );
    run(play, dip);
    expect(answers).toEqual([false, false]);
  });

  test.each<[rule: string, place: (context: Context) => Order, changes: OrderChanges]>([
    ['a limit of a stop', ({ order }) => order.stop(1, 110), { limit: 99 }],
    ['a stop of a limit', ({ order }) => order.limit(1, 90), { stop: 99 }],
    [
      'a stop of a trailing stop, which moves by itself',
      ({ order }) => order.trailingStop(1, { amount: 20 }),
      { stop: 99 },
    ],
    ['a price that is no number', ({ order }) => order.limit(1, 90), { limit: Number.NaN }],
    ['the side', ({ order }) => order.limit(1, 90), { quantity: -1 }],
    ['a quantity of nothing', ({ order }) => order.limit(1, 90), { quantity: 0 }],
  ])('refuses %s', (_, place, changes) => {
    const play = later(place, (order, context) => context.order.modify(order, changes));
    expect(() => run(play, daily([at(100), at(100), at(100)]))).toThrow(
      expect.objectContaining({ code: 'GB_STRATEGY_ORDER' }),
    );
  });

  test('in a bar that is under way neither the old nor the new terms fill', () => {
    // At 15:00 the hour 14:30 to 15:30 of `a` runs. Its low of 97 may lie before the change.
    const a = intraday(60, [
      [at(100)],
      [
        [100, 100, 97, 100],
        [100, 100, 97, 100],
      ],
    ]);
    const b = intraday(30, [[at(1)], [at(1)]], { symbol: 'B' });
    let placed: Order;
    const play: Script = {
      0: ({ orders }) => {
        placed = orders.a.limit(1, 99);
      },
      1: ({ orders, time }) => {
        expect(time).toBe(opening(1) + HOUR / 2);
        orders.a.modify(placed, { limit: 98 });
      },
    };
    expect(told(run(play, { a, b }).fills)).toEqual(['2: +1 @ 98']);
  });

  test('a trailing stop follows a bar that was under way when it was changed', () => {
    const a = intraday(60, [[at(100)], [[100, 110, 100, 106], [106, 106, 104, 105], at(105)]]);
    const b = intraday(30, [[at(1)], [at(1)]], { symbol: 'B' });
    let placed: Order;
    const play: Script = {
      0: ({ orders }) => {
        orders.a.market(3);
        placed = orders.a.trailingStop(-2, { amount: 5 });
      },
      1: ({ orders }) => orders.a.modify(placed, { quantity: -3 }),
    };
    expect(told(run(play, { a, b }).fills)).toEqual(['1: +3 @ 100', '2: -3 @ 105']);
  });

  test('a day order that is changed in the last bar of its session ends with it', () => {
    const a = intraday(60, [[at(100), at(100)], [[100, 100, 97, 100]]]);
    const b = intraday(30, [[at(1), at(1), at(1)], [at(1)]], { symbol: 'B' });
    let placed: Order;
    const play: Script = {
      // At the close of the first hour; the change is half an hour later, in the second.
      0: ({ orders }) => {
        placed = orders.a.limit(1, 90, { timeInForce: 'day' });
      },
      1: ({ orders }) => orders.a.modify(placed, { limit: 98 }),
    };
    const { fills, orders } = run(play, { a, b });
    expect(fills).toEqual([]);
    expect(endings(orders)).toEqual(['limit expired, end-of-session']);
  });
});

describe('cancel', () => {
  test('ends an order at once', () => {
    const play = later(
      ({ order }) => order.limit(1, 98),
      (order, context) => expect(context.order.cancel(order)).toBe(true),
    );
    const { fills, orders } = run(play, dip);
    expect(fills).toEqual([]);
    expect(endings(orders)).toEqual(['limit cancelled, by-strategy']);
  });

  test('cancelAll ends all orders of the product and the target that waits', () => {
    const play: Script = {
      0: ({ order }) => {
        order.limit(1, 90);
        order.stop(1, 110);
        order.target(0.5);
        order.cancelAll();
        expect(order.open).toEqual([]);
      },
    };
    const { fills, orders } = run(play, dip);
    expect(fills).toEqual([]);
    expect(endings(orders)).toEqual([
      'limit cancelled, by-strategy',
      'stop cancelled, by-strategy',
      'target cancelled, by-strategy',
    ]);
  });

  test('open lists what lives, oldest first; the sides of a bracket too', () => {
    const seen: string[][] = [];
    const play = ({ bar, order }: Context) => {
      if (bar.index === 0) order.limit(1, 90);
      if (bar.index === 0) order.market(1, { stopLoss: 80, takeProfit: 120 });
      seen.push(order.open.map(({ kind }) => kind));
    };
    run(play, daily([at(100), at(100)]));
    expect(seen).toEqual([
      ['limit', 'market'],
      ['limit', 'stop', 'limit'],
    ]);
  });

  test('what is left of a target is as old as the target', () => {
    const seen: string[][] = [];
    const play = ({ bar, order }: Context) => {
      if (bar.index === 0) order.target(0.5);
      if (bar.index === 0) order.limit(1, 90);
      seen.push(order.open.map(({ id, kind }) => `${id} ${kind}`));
    };
    run(play, daily([at(100), at(100, 10)]), { maxParticipation: 0.5 });
    expect(seen).toEqual([['2 limit'], ['1 target', '2 limit']]);
  });

  test('an order shows how it fares', () => {
    const play = later(
      ({ order }) => order.market(10),
      order =>
        expect(order).toMatchObject({
          id: 1,
          kind: 'market',
          state: 'open',
          quantity: 10,
          filled: 5,
          product: 'stock.A.usa',
        }),
    );
    run(play, daily([at(100), at(100, 10)]), { maxParticipation: 0.5 });
    expect.assertions(1);
  });
});
