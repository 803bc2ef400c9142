/** How much a bracket protects: what its parent opened, and never more than what is held. */
import { expect, test } from 'vitest';
import { at, type Context, daily, endings, type Row, run, type Script, told } from '../../helpers/engine.ts';

const SIDES = { stopLoss: 95, takeProfit: 105 };

test('a side that fills in part shrinks the other', () => {
  const bars = daily([at(100), at(100), [100, 106, 99, 105, 12], [100, 101, 94, 95, 100]]);
  const { fills, orders } = run({ 0: ({ order }) => order.market(10, SIDES) }, bars, { maxParticipation: 0.5 });
  expect(told(fills)).toEqual(['1: +10 @ 100', '2: -6 @ 105', '3: -4 @ 95']);
  expect(orders.slice(1)).toMatchObject([
    { kind: 'stop', state: 'filled', filled: -4, quantity: -4 },
    { kind: 'limit', state: 'cancelled', reason: 'other-filled', filled: -6 },
  ]);
});

test('what a side that was made smaller leaves stays protected by the other', () => {
  const shrinkTarget: Script[number] = ({ order }) => {
    const [target] = order.open.filter(({ kind }) => kind === 'limit');
    order.modify(target!, { quantity: -4 });
  };
  const play: Script = { 0: ({ order }) => order.market(10, SIDES), 1: shrinkTarget };
  const bars = daily([at(100), at(100), [100, 106, 99, 105], [100, 101, 94, 95]]);
  const { fills, orders } = run(play, bars);
  expect(told(fills)).toEqual(['1: +10 @ 100', '2: -4 @ 105', '3: -6 @ 95']);
  expect(endings(orders)).toEqual(['market filled', 'limit filled', 'stop filled']);
});

test('a parent that fills in parts protects each part from its fill on', () => {
  const bars = daily([at(100), at(100, 12), at(100, 8), [100, 101, 94, 95, 1000]]);
  const { fills, orders } = run({ 0: ({ order }) => order.market(10, SIDES) }, bars, { maxParticipation: 0.5 });
  expect(told(fills)).toEqual(['1: +6 @ 100', '2: +4 @ 100', '3: -10 @ 95']);
  expect(endings(orders)).toEqual(['market filled', 'stop filled', 'limit cancelled, other-filled']);
});

test.each<[rule: string, close: (context: Context) => void]>([
  ['a market order', ({ order }) => order.market(-10)],
  ['a target of 0', ({ order }) => order.target(0)],
  ['a target of no shares', ({ order }) => order.targetQuantity(0)],
])('both sides end when %s closes the position', (_, close) => {
  const bars = daily([at(100), at(100), at(100), [100, 106, 94, 100]]);
  const { fills, orders } = run({ 0: ({ order }) => order.market(10, SIDES), 1: close }, bars);
  expect(told(fills)).toEqual(['1: +10 @ 100', '2: -10 @ 100']);
  expect(endings(orders)).toEqual(
    expect.arrayContaining(['stop cancelled, position-closed', 'limit cancelled, position-closed']),
  );
});

test('a position reduced otherwise is sold once', () => {
  const play: Script = { 0: ({ order }) => order.market(10, SIDES), 1: ({ order }) => order.market(-4) };
  const { fills } = run(play, daily([at(100), at(100), at(100), [100, 101, 94, 95]]));
  expect(told(fills)).toEqual(['1: +10 @ 100', '2: -4 @ 100', '3: -6 @ 95']);
});

test('a side that sells all but for rounding is filled', () => {
  // 50 + 7.3 - 50 leaves 7.299999999999997.
  const play: Script = {
    0: ({ order }) => order.market(50),
    1: ({ order }) => order.market(7.3, SIDES),
    2: ({ order }) => order.market(-50),
  };
  const { orders } = run(play, daily([at(100), at(100), at(100), at(100), [100, 101, 94, 95]]));
  expect(endings(orders).slice(-2)).toEqual(['stop filled', 'limit cancelled, other-filled']);
});

test('an order that only reduces opens nothing to protect', () => {
  const play: Script = { 0: ({ order }) => order.market(10), 1: ({ order }) => order.market(-4, { stopLoss: 105 }) };
  const { fills, orders } = run(play, daily([at(100), at(100), at(100), [100, 106, 94, 100]]));
  expect(told(fills)).toEqual(['1: +10 @ 100', '2: -4 @ 100']);
  expect(orders).toHaveLength(2);
});

test('an order that turns the position round protects the new side', () => {
  const play: Script = { 0: ({ order }) => order.market(10), 1: ({ order }) => order.market(-14, { stopLoss: 105 }) };
  const { fills, orders } = run(play, daily([at(100), at(100), at(100), [100, 106, 94, 100]]), { allowShort: true });
  expect(told(fills)).toEqual(['1: +10 @ 100', '2: -14 @ 100', '3: +4 @ 105']);
  expect(orders.at(-1)).toMatchObject({ kind: 'stop', quantity: 4 });
});

test.each<[rule: string, second: number, rows: Row[], expected: string[]]>([
  ['turns round', -1, [at(100), [100, 106, 99, 100]], ['1: +1000 @ 100', '2: -2000 @ 100', '3: +1000 @ 105']],
  ['turns round to less', -0.5, [at(100), [100, 106, 99, 100]], ['1: +1000 @ 100', '2: -1500 @ 100', '3: +500 @ 105']],
])('a target that %s protects the new position', (_, second, rows, expected) => {
  const play: Script = {
    0: ({ order }) => order.target(1, { stopLoss: { offset: 5 } }),
    1: ({ order }) => order.target(second, { stopLoss: { offset: 5 } }),
  };
  const { fills } = run(play, daily([at(100), at(100), ...rows]), { allowShort: true });
  expect(told(fills)).toEqual(expected);
});

test('a target that is reduced places no new sides', () => {
  const play: Script = {
    0: ({ order }) => order.target(1, SIDES),
    1: ({ order }) => order.target(0.5, SIDES),
  };
  const { fills, orders } = run(play, daily([at(100), at(100), at(100), [100, 101, 94, 95]]));
  expect(told(fills)).toEqual(['1: +1000 @ 100', '2: -500 @ 100', '3: -500 @ 95']);
  expect(orders.filter(({ kind }) => kind === 'stop')).toHaveLength(1);
});
