import { describe, expect, test } from 'vitest';
import { defineStrategy } from '../../../src/runtime/index.ts';
import {
  aroundTheClock,
  at,
  type Context,
  daily,
  flat,
  HOUR,
  intraday,
  opening,
  type Row,
  run,
  told,
} from '../../helpers/engine.ts';

/** `a` by the hour, three hours a day; `b` by the half hour. Prices count up. */
const hour = (price: number): Row => at(price);
const a = intraday(60, [
  [hour(10), hour(11)],
  [hour(12), hour(13)],
]);
const b = intraday(
  30,
  [
    [hour(50), hour(51), hour(52)],
    [hour(53), hour(54), hour(55)],
  ],
  { symbol: 'B' },
);

describe('merged by close time', () => {
  /** What the strategy sees of both feeds at every call. */
  function watch(): unknown[][] {
    const seen: unknown[][] = [];
    run(
      ({ time, bars }: Context) => {
        const { a, b } = bars;
        seen.push([(time - opening(0)) / HOUR, a.index, a.isNew, a.ageMs / HOUR, b.index, b.isNew, b.ageMs / HOUR]);
      },
      { a, b },
    );
    return seen;
  }

  test('equal times update together; a feed without a new bar keeps its last and says how old', () => {
    expect(watch()).toEqual([
      // hours after the open of day 0; a: bar, new, age; b: bar, new, age
      [1, 0, true, 0, 1, true, 0],
      [1.5, 0, false, 0.5, 2, true, 0],
      [2, 1, true, 0, 2, false, 0.5],
      [24.5, 1, false, 22.5, 3, true, 0],
      [25, 2, true, 0, 4, true, 0],
      [25.5, 2, false, 0.5, 5, true, 0],
      [26, 3, true, 0, 5, false, 0.5],
    ]);
  });

  test('a bar that opened earlier is not known before it closes', () => {
    const known: number[] = [];
    run(({ bars }: Context) => known.push(bars.a.close.value), { a, b });
    expect(known).toEqual([10, 10, 11, 11, 12, 12, 13]);
  });

  test('calendars mix: a market that never closes goes on while the other sleeps', () => {
    const coin = aroundTheClock(12, flat(4), { symbol: 'B' });
    const stock = daily(flat(2));
    const seen: [number, number][] = [];
    run(({ bars }: Context) => seen.push([bars.a.index, bars.b.index]), { a: stock, b: coin });
    expect(seen).toEqual([
      [0, 0],
      [0, 1],
      [0, 2],
      [1, 2],
      [1, 3],
    ]);
  });
});

describe('orders across feeds', () => {
  test('an order decided at 15:00 does not fill on a bar that opened at 14:30', () => {
    // Step 3 is 15:00 on day 1. The hour of `a` from 14:30 is under way; the next opens at 15:30.
    const { fills } = run({ 3: ({ orders }) => orders.a.market(1) }, { a, b });
    expect(told(fills)).toEqual(['3: +1 @ 13']);
    expect(fills[0]!.time).toBe(opening(1) + HOUR);
  });

  test('nor does a target', () => {
    expect(told(run({ 3: ({ orders }) => orders.a.target(0.13) }, { a, b }).fills)).toEqual(['3: +1000 @ 13']);
  });

  test('it fills on a bar that opens at the very time of the decision', () => {
    const { fills } = run({ 0: ({ orders }) => orders.b.market(1) }, { a, b });
    expect(told(fills)).toEqual(['2: +1 @ 52']);
  });

  test('so does a product that had no bar just then', () => {
    // The one bar of `b` ends when day 1 opens, 17 hours after the last close of `a`.
    const long = aroundTheClock(38.5, flat(1), { symbol: 'B' });
    const { fills } = run({ 0: ({ orders }) => orders.a.market(1) }, { a, b: long });
    expect(told(fills)).toEqual(['2: +1 @ 12']);
  });

  test('each product has its own orders and position', () => {
    const play = ({ orders, positions, bars }: Context) => {
      if (bars.a.index === 0 && bars.b.index === 1) {
        orders.a.market(1);
        orders.b.market(2);
      }
      if (bars.a.index === 3) expect([positions.a.quantity, positions.b.quantity]).toEqual([1, 2]);
    };
    expect(told(run(play, { a, b }).fills)).toEqual(['2: +2 b @ 52', '1: +1 a @ 11']);
    expect.assertions(2);
  });

  test('order and position without a name are the first feed', () => {
    expect(run({ 0: ({ order }) => order.market(1) }, { a, b }).fills[0]!.product).toBe('stock.A.usa');
    expect(run({ 0: ({ order }) => order.market(1) }, { b, a }).fills[0]!.product).toBe('stock.B.usa');
  });

  test('two intervals of one product: the finer one fills, and there is one position', () => {
    const fine = intraday(30, [flat(4, 10), flat(4, 20)]);
    const coarse = intraday(60, [flat(2, 10), flat(2, 20)]);
    const seen: number[] = [];
    const play = ({ orders, positions, bars }: Context) => {
      if (bars.a.index === 1 && bars.a.isNew) orders.a.market(5);
      seen.push(positions.a.quantity - positions.b.quantity);
    };
    const { fills, record } = run(play, { a: coarse, b: fine });
    expect(fills).toMatchObject([{ bar: 4, quantity: 5, price: 20, time: opening(1) }]);
    expect(record.products).toHaveLength(1);
    expect(new Set(seen)).toEqual(new Set([0]));
  });

  test('equity values each product at its last close', () => {
    const play = ({ orders, bars }: Context) => {
      if (bars.a.index === 0 && bars.a.isNew) orders.a.market(100);
    };
    const { equity } = run(play, { a, b });
    // Steps 0 and 1: warm-up of a, then flat; bought at 11 in the second hour, marked 11, 11, 12, 12, 13.
    expect(equity.slice(-5).map(value => value - 100_000)).toEqual([0, 0, 100, 100, 200]);
  });
});

test('feeds in several currencies are refused', () => {
  const yen = daily(flat(2), { symbol: 'B', product: { currency: 'JPY' } });
  const strategy = defineStrategy({ name: 'two', data: { a: 'a', b: 'b' }, onBar: () => {} });
  expect(() => run(strategy, { a: daily(flat(2)), b: yen })).toThrow(
    expect.objectContaining({ code: 'GB_STRATEGY_CURRENCY', message: expect.stringContaining('stock.B.usa in JPY') }),
  );
});
