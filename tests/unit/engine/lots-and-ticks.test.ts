import { describe, expect, test } from 'vitest';
import { at, type Context, daily, endings, type Row, run, told } from '../../helpers/engine.ts';

describe('lots', () => {
  test.each<[rule: string, lot: number, quantity: number, expected: string[]]>([
    ['floored', 10, 37, ['1: +30 @ 100']],
    ['a sale is floored in size', 10, -37, ['1: -30 @ 100']],
    ['whole lots stay', 10, 40, ['1: +40 @ 100']],
    ['decimal lots, although 0.3 is not three times 0.1 in binary', 0.1, 0.3, ['1: +0.3 @ 100']],
    ['0 is fractional', 0, 1.23456789, ['1: +1.23456789 @ 100']],
  ])('%s', (_, lot, quantity, expected) => {
    const { fills } = run(
      { 0: ({ order }) => order.market(quantity) },
      daily([at(100), at(100)], { product: { lot } }),
      { allowShort: true },
    );
    expect(told(fills)).toEqual(expected);
  });

  test('a quantity of lots is the number that one would write', () => {
    const bars = daily([at(100), at(100)], { product: { lot: 0.1 } });
    expect(run({ 0: ({ order }) => order.market(0.35) }, bars).fills[0]!.quantity).toBe(0.3);
  });

  test.each([
    [0.00001, 1746.17394],
    [0.001, 18418.189],
    [1e-8, 17.72466106],
  ])('many lots of %s stay, so that selling what is held leaves nothing', (lot, quantity) => {
    const { fills, record } = run(
      { 0: ({ order }) => order.market(quantity), 1: ({ order, position }) => order.market(-position.quantity) },
      daily([at(1), at(1), at(1)], { product: { lot } }),
    );
    expect(fills.map(fill => fill.quantity)).toEqual([quantity, -quantity]);
    expect(record.positions).toMatchObject([{ quantity: 0 }]);
  });

  test('less than a lot is rejected, once', () => {
    const { fills, orders } = run(
      { 0: ({ order }) => order.market(9) },
      daily([at(100), at(100)], { product: { lot: 10 } }),
    );
    expect(fills).toEqual([]);
    expect(endings(orders)).toEqual(['market rejected, below-lot']);
    const last = run({ 1: ({ order }) => order.market(9) }, daily([at(100), at(100)], { product: { lot: 10 } }));
    expect(endings(last.orders)).toEqual(['market rejected, below-lot']);
  });

  test('a target holds whole lots', () => {
    const bars = daily([at(100), at(99.9), at(99.9)], { product: { lot: 1 } });
    expect(told(run({ 0: ({ order }) => order.target(1) }, bars).fills)).toEqual(['1: +1001 @ 99.9']);
  });

  test('a target that is less than a lot is rejected, and asked for again trades when it can', () => {
    const bars = daily([at(200), at(200), at(90), at(90)], { product: { lot: 1000 } });
    const { fills, orders } = run(({ order }) => order.target(1), bars);
    expect(told(fills)).toEqual(['2: +1000 @ 90']);
    expect(endings(orders)).toEqual(['target rejected, below-lot', 'target filled']);
  });

  test('the same where the quantity is known at the decision', () => {
    const bars = daily([at(200), at(200), at(90), at(90)], { product: { lot: 1000 } });
    const { fills, orders } = run(({ order }) => order.target(1), bars, { sizing: 'decision' });
    expect(told(fills)).toEqual(['3: +1000 @ 90']);
    expect(endings(orders)).toEqual(['target rejected, below-lot', 'target rejected, below-lot', 'target filled']);
    const few = run({ 0: ({ order }) => order.targetQuantity(9) }, daily([at(100), at(100)], { product: { lot: 10 } }));
    expect(endings(few.orders)).toEqual(['target rejected, below-lot']);
  });

  test('the run may set another lot', () => {
    const bars = daily([at(100), at(100)], { product: { lot: 10 } });
    expect(told(run({ 0: ({ order }) => order.market(37) }, bars, { lot: 1 }).fills)).toEqual(['1: +37 @ 100']);
  });
});

describe('ticks, against the trader', () => {
  const tick = { product: { tick: 0.25 } };
  const bar: Row = [100, 110, 90, 100];
  const sides = (place: (context: Context) => void, options = {}) =>
    run({ 0: ({ order }) => order.market(10), 1: place }, daily([at(100), at(100), bar], tick), options).fills.slice(1);

  test.each([
    [1e-8, 17.62722529],
    [0.01, 10710398.37],
  ])('with ticks of %s a price on the grid stays', (step, price) => {
    const place = ({ order }: Context) => {
      order.limit(0.001, price);
      order.limit(-0.001, price);
    };
    const { orders } = run({ 0: place }, daily([at(1)], { product: { tick: step } }));
    expect(orders.map(({ limit }) => limit)).toEqual([price, price]);
  });

  test.each<[rule: string, place: (context: Context) => void, price: number]>([
    ['a bought limit rounds down', ({ order }) => order.limit(1, 95.2), 95],
    ['a sold limit rounds up', ({ order }) => order.limit(-1, 105.1), 105.25],
    ['a bought stop rounds up', ({ order }) => order.stop(1, 105.1), 105.25],
    ['a sold stop rounds down', ({ order }) => order.stop(-1, 95.2), 95],
    ['a price on the grid stays', ({ order }) => order.limit(1, 95.25), 95.25],
  ])('%s', (_, place, price) => {
    expect(sides(place).map(fill => fill.price)).toEqual([price]);
  });

  test('the level of a trailing stop too, wherever it stands', () => {
    // 5.1 behind 100 and then behind 110: 94.9 and 104.9.
    const slippage = { kind: 'fixed', perUnit: 0.1 } as const;
    const rows: Row[] = [at(100), at(100), [100, 110, 95, 110], [106, 107, 104, 105]];
    const play = { 0: ({ order }: Context) => order.market(10), 1: ({ order }: Context) => trail(order) };
    const trail = (order: Context['order']) => order.trailingStop(-10, { amount: 5.1 });
    const { fills, orders } = run(play, daily(rows, tick));
    expect(fills[1]).toMatchObject({ bar: 3, price: 104.75, slippage: 0 });
    expect(orders[1]!.stop).toBe(104.75);
    expect(run(play, daily(rows, tick), { slippage }).fills[1]!.price).toBe(104.5);
    const bracket = { 0: ({ order }: Context) => order.market(10, { stopLoss: { trail: 5.1 } }) };
    expect(run(bracket, daily(rows, tick)).fills[1]).toMatchObject({ price: 104.75, slippage: 0 });
  });

  test('slippage rounds further: a buyer pays up, a seller gets less', () => {
    const slippage = { kind: 'fixed', perUnit: 0.1 };
    expect(sides(({ order }) => order.market(1), { slippage })[0]!.price).toBe(100.25);
    expect(sides(({ order }) => order.market(-1), { slippage })[0]!.price).toBe(99.75);
  });

  test('the sides of a bracket round too', () => {
    const bracket = ({ order }: Context) => order.market(1, { stopLoss: { offset: 5.1 }, takeProfit: { offset: 4.9 } });
    const { orders } = run({ 0: bracket }, daily([at(100), at(100)], tick));
    expect(orders.slice(1).map(({ stop, limit }) => [stop, limit])).toEqual([
      [94.75, Number.NaN],
      [Number.NaN, 105],
    ]);
  });

  test('decimal ticks keep the number that the data has', () => {
    // 100.07 / 0.01 is not whole in binary, and 10007 * 0.01 is not 100.07.
    const bars = daily([at(100), at(100.07)], { product: { tick: 0.01 } });
    const [fill] = run({ 0: ({ order }) => order.market(1) }, bars).fills;
    expect(fill).toMatchObject({ price: 100.07, flags: [] });
    const worse = run({ 0: ({ order }) => order.market(1) }, bars, { slippage: { kind: 'fixed', perUnit: 0.011 } });
    expect(worse.fills[0]!.price).toBe(100.09);
  });
});

test('a contract multiplier scales money, not quantity or price', () => {
  const bars = daily([at(100), at(100), at(101)], { product: { multiplier: 50 } });
  const { fills, record } = run({ 0: ({ order }) => order.market(2) }, bars, { fee: { kind: 'rate', rate: 0.001 } });
  expect(fills[0]).toMatchObject({ quantity: 2, price: 100, fee: 10 });
  expect(record.finalCash).toBe(100_000 - 2 * 100 * 50 - 10);
  expect(record.finalEquity).toBe(100_000 - 10 + 2 * 50);
});
