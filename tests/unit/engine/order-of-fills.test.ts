import { describe, expect, test } from 'vitest';
import { at, type Context, daily, type Row, run, told } from '../../helpers/engine.ts';

/** Which of several orders given at bar 0 goes first in bar 1; each has a quantity of its own to be known by. */
const sequence = (place: (context: Context) => void, bar: Row, held = 0) => {
  const before = ({ order }: Context) => held !== 0 && order.market(held);
  const { fills } = run({ 0: before, 1: place }, daily([at(100), at(100), bar]), { allowShort: true, leverage: 2 });
  return fills.filter(fill => fill.bar === 2).map(fill => fill.quantity);
};

describe('in one bar', () => {
  test('what fills at the open goes before what fills inside, although submitted later', () => {
    const place = ({ order }: Context) => {
      order.limit(1, 99);
      order.stop(2, 101);
      order.market(3);
      order.limit(4, 105);
    };
    expect(sequence(place, [100, 102, 98, 100])).toEqual([3, 4, 1, 2]);
  });

  test('what fills at the close goes last', () => {
    const place = ({ order }: Context) => {
      order.marketOnClose(1);
      order.limit(2, 99);
      order.market(3);
    };
    expect(sequence(place, [100, 102, 98, 100])).toEqual([3, 2, 1]);
  });

  test('among equals, what reduces the position goes first', () => {
    const place = ({ order }: Context) => {
      order.market(1);
      order.market(-2);
      order.limit(3, 99);
      order.stop(-4, 98);
    };
    expect(sequence(place, [100, 102, 98, 100], 10)).toEqual([-2, 1, -4, 3]);
  });

  test('a target that is reached but for rounding does not reduce, whichever way it is rounded', () => {
    const play = {
      0: ({ order }: Context) => order.target(1),
      1: ({ order }: Context) => {
        order.target(1, { rebalance: true });
        order.market(-10);
      },
    };
    for (let price = 90; price < 110; price += 0.37) {
      const bars = daily([at(price), at(price), at(price)]);
      const { fills } = run(play, bars, { fee: { kind: 'rate', rate: 0.001 } });
      expect(fills.map(({ quantity }) => Math.sign(quantity))).toEqual([1, -1, 1]);
    }
  });

  test('then by submission', () => {
    const place = ({ order }: Context) => {
      order.market(3);
      order.market(1);
      order.market(2);
    };
    expect(sequence(place, at(100))).toEqual([3, 1, 2]);
  });
});

describe('across products', () => {
  const a = daily([at(100), at(100), at(100), at(100)], { symbol: 'A' });
  const b = daily([at(50), at(50), at(50), at(50)], { symbol: 'B' });

  test('a rotation from A to B is paid for by A, although B was ordered first', () => {
    const rotate = {
      0: ({ orders }: Context) => orders.a.target(1),
      1: ({ orders }: Context) => {
        orders.b.target(1);
        orders.a.target(0);
      },
    };
    const { fills, orders } = run(rotate, { a, b });
    expect(told(fills)).toEqual(['1: +1000 a @ 100', '2: -1000 a @ 100', '2: +2000 b @ 50']);
    expect(orders.every(({ state }) => state === 'filled')).toBe(true);
  });

  test('the same with orders of a quantity', () => {
    const rotate = {
      0: ({ orders }: Context) => orders.a.market(1000),
      1: ({ orders }: Context) => {
        orders.b.market(2000);
        orders.a.market(-1000);
      },
    };
    expect(told(run(rotate, { a, b }).fills)).toEqual(['1: +1000 a @ 100', '2: -1000 a @ 100', '2: +2000 b @ 50']);
  });

  test('a rotation by limit orders inside the bar', () => {
    const moving = daily([at(50), at(50), [50, 50, 48, 50], at(50)], { symbol: 'B' });
    const rising = daily([at(100), at(100), [100, 103, 100, 100], at(100)], { symbol: 'A' });
    const rotate = {
      0: ({ orders }: Context) => orders.a.target(1),
      1: ({ orders }: Context) => {
        orders.b.limit(2000, 49);
        orders.a.limit(-1000, 102);
      },
    };
    const { fills } = run(rotate, { a: rising, b: moving });
    expect(told(fills)).toEqual(['1: +1000 a @ 100', '2: -1000 a @ 102', '2: +2000 b @ 49']);
  });
});
