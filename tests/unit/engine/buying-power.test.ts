import { describe, expect, test } from 'vitest';
import { at, type Context, daily, endings, run, type Script, told } from '../../helpers/engine.ts';

const SHORTS = { allowShort: true };

describe('at leverage 1', () => {
  test.each<[rule: string, place: (context: Context) => void, options: object, expected: string[]]>([
    ['all of the cash may be spent', ({ order }) => order.market(1000), {}, ['market filled']],
    [
      'not more: rejected whole, never shrunk',
      ({ order }) => order.market(1000.1),
      {},
      ['market rejected, buying-power'],
    ],
    [
      'the fee must fit too',
      ({ order }) => order.market(1000),
      { fee: { kind: 'fixed', perFill: 0.01 } },
      ['market rejected, buying-power'],
    ],
    [
      'and slippage',
      ({ order }) => order.market(1000),
      { slippage: { kind: 'fixed', perUnit: 0.01 } },
      ['market rejected, buying-power'],
    ],
    ['what is checked is the fill, not the decision', ({ order }) => order.limit(1010, 99), {}, ['limit filled']],
    ['a short order is rejected', ({ order }) => order.market(-1), {}, ['market rejected, short-not-allowed']],
    ['a short target too', ({ order }) => order.target(-0.5), {}, ['target rejected, short-not-allowed']],
    ['shorts where they are allowed', ({ order }) => order.market(-1000), SHORTS, ['market filled']],
    [
      'a short position is worth as much as a long one',
      ({ order }) => order.market(-1000.1),
      SHORTS,
      ['market rejected, buying-power'],
    ],
    ['a short target', ({ order }) => order.target(-1), SHORTS, ['target filled']],
  ])('%s', (_, place, options, expected) => {
    const { orders, record } = run({ 0: place }, daily([at(100), [100, 100, 98, 100]]), options);
    expect(endings(orders)).toEqual(expected);
    if (expected[0]!.includes('rejected')) expect(record.finalCash).toBe(100_000);
  });

  test('two positions share it: the second is refused', () => {
    const data = { a: daily([at(100), at(100)]), b: daily([at(50), at(50)], { symbol: 'B' }) };
    const both = ({ orders }: Context) => {
      orders.a.target(0.6);
      orders.b.target(0.6);
    };
    const { fills, orders } = run({ 0: both }, data);
    expect(told(fills)).toEqual(['1: +600 @ 100']);
    expect(endings(orders)).toEqual(['target filled', 'target rejected, buying-power']);
  });

  test('a sale of more than is held is a short sale: rejected whole', () => {
    const play: Script = { 0: ({ order }) => order.market(10), 1: ({ order }) => order.market(-11) };
    const { fills, orders } = run(play, daily([at(100), at(100), at(100)]));
    expect(told(fills)).toEqual(['1: +10 @ 100']);
    expect(endings(orders)).toEqual(['market filled', 'market rejected, short-not-allowed']);
  });

  test('a position may always be reduced', () => {
    const play: Script = { 0: ({ order }) => order.market(-1000), 1: ({ order }) => order.market(400) };
    const { fills } = run(play, daily([at(100), at(100), at(150)]), SHORTS);
    expect(told(fills)).toEqual(['1: -1000 @ 100', '2: +400 @ 150']);
  });

  test('the money of a short sale buys nothing', () => {
    const data = { a: daily([at(100), at(100), at(100)]), b: daily([at(50), at(50), at(50)], { symbol: 'B' }) };
    const play: Script = { 0: ({ orders }) => orders.a.market(-1000), 1: ({ orders }) => orders.b.market(1) };
    const { orders } = run(play, data, SHORTS);
    expect(endings(orders)).toEqual(['market filled', 'market rejected, buying-power']);
  });
});

describe('at leverage 2', () => {
  test.each<[rule: string, quantity: number, expected: string]>([
    ['twice the equity', 2000, 'market filled'],
    ['not more', 2000.1, 'market rejected, buying-power'],
    ['twice the equity, short', -2000, 'market filled'],
    ['not more, short', -2000.1, 'market rejected, buying-power'],
  ])('%s', (_, quantity, expected) => {
    const { orders } = run({ 0: ({ order }) => order.market(quantity) }, daily([at(100), at(100)]), {
      leverage: 2,
      ...SHORTS,
    });
    expect(endings(orders)).toEqual([expected]);
  });

  test.each([
    ['at the open', 'market', 'rejected, buying-power'],
    ['at the close', 'marketOnClose', 'filled'],
  ] as const)('other positions are valued at the moment of the fill: %s', (_, kind, expected) => {
    // a doubles within bar 2: before, 2 x 100,000 - 50,000 may be bought, after it 2 x 150,000 - 100,000.
    const a = daily([at(100), at(100), [100, 200, 100, 200]]);
    const b = daily([at(10), at(10), at(10)], { symbol: 'B' });
    const play: Script = { 0: ({ orders }) => orders.a.market(500), 1: ({ orders }) => orders.b[kind](18_000) };
    expect(endings(run(play, { a, b }, { leverage: 2 }).orders)[1]).toContain(expected);
  });

  test('the account says what is left', () => {
    const seen: number[] = [];
    const look = ({ account, bar, order }: Context) => {
      seen.push(account.buyingPower);
      if (bar.index === 0) order.target(1.5);
    };
    run(look, daily([at(100), at(100), at(110)]), { leverage: 2 });
    expect(seen).toEqual([200_000, 50_000, 2 * 115_000 - 165_000]);
  });
});

describe('equity at or below zero ends the run', () => {
  const long: Script = { 0: ({ order }) => order.target(2) };

  test('at the close that shows it; the strategy is not called again', () => {
    const seen: number[] = [];
    const look = (context: Context) => {
      seen.push(context.bar.index);
      long[context.bar.index]?.(context);
    };
    const { record, equity } = run(look, daily([at(100), at(100), at(60), at(50), at(90)]), { leverage: 2 });
    expect(record).toMatchObject({ state: 'wiped-out', steps: 4, finalEquity: 0 });
    expect(equity).toEqual([100_000, 100_000, 20_000, 0]);
    expect(seen).toEqual([0, 1, 2]);
  });

  test('below zero is told as it is', () => {
    const { record } = run(long, daily([at(100), at(100), at(40), at(50)]), { leverage: 2 });
    expect(record).toMatchObject({ state: 'wiped-out', steps: 3, finalEquity: -20_000 });
    expect(record.positions).toMatchObject([{ quantity: 2000, lastPrice: 40 }]);
  });

  test('of a short position', () => {
    const { record } = run({ 0: ({ order }) => order.target(-1) }, daily([at(100), at(100), at(200), at(50)]), SHORTS);
    expect(record).toMatchObject({ state: 'wiped-out', steps: 3, finalEquity: 0 });
  });

  test('of fees that leave nothing', () => {
    const play: Script = { 0: ({ order }) => order.market(1), 1: ({ order }) => order.market(-1) };
    const options = { cash: 100, fee: { kind: 'fixed', perFill: 50 } } as const;
    const { record } = run(play, daily([at(50), at(50), at(50), at(50)]), options);
    expect(record).toMatchObject({ state: 'wiped-out', steps: 3, finalEquity: 0 });
  });

  test('open orders are listed', () => {
    const play: Script = {
      0: ({ order }) => {
        order.target(2);
        order.limit(1, 10);
      },
    };
    const { orders } = run(play, daily([at(100), at(100), at(40)]), { leverage: 2 });
    expect(endings(orders)).toEqual(['target filled', 'limit open, run-ended']);
  });

  test('within a bar it may recover: closes count', () => {
    const { record } = run(long, daily([at(100), at(100), [100, 100, 40, 90]]), { leverage: 2 });
    expect(record).toMatchObject({ state: 'completed', finalEquity: 80_000 });
  });
});
