import { expect, test } from 'vitest';
import { at, type Context, daily, endings, type Row, run, type Script, told } from '../../helpers/engine.ts';

const pair = (first: (context: Context) => ReturnType<Context['order']['market']>, second: typeof first): Script => ({
  0: ({ order }) => order.market(10),
  1: context => context.order.oneCancelsOther(first(context), second(context)),
});
const exits = pair(
  ({ order }) => order.limit(-10, 105),
  ({ order }) => order.stop(-10, 95),
);
const breakout = pair(
  ({ order }) => order.stop(5, 102),
  ({ order }) => order.limit(5, 98),
);

test.each<[rule: string, play: Script, bar: Row, expected: string, ambiguousBars: number]>([
  ['the first fills, the second ends', exits, [100, 106, 99, 105], '2: -10 @ 105', 0],
  ['the second fills, the first ends', exits, [100, 101, 94, 95], '2: -10 @ 95', 0],
  ['one bar reaches both: one fills, the stop, and the bar is counted', exits, [100, 106, 94, 100], '2: -10 @ 95', 1],
  ['one at the open: that came first', breakout, [102, 103, 97, 100], '2: +5 @ 102', 0],
  ['entries on both sides', breakout, [100, 103, 97, 100], '2: +5 @ 102', 1],
])('atomic within a bar: %s', (_, play, bar, expected, ambiguousBars) => {
  const { fills, orders, record } = run(play, daily([at(100), at(100), bar, [100, 110, 90, 100]]));
  expect(told(fills)).toEqual(['1: +10 @ 100', expected]);
  expect(endings(orders).slice(1)).toEqual(
    expect.arrayContaining([expect.stringContaining('cancelled, other-filled')]),
  );
  expect(record.ambiguousBars).toBe(ambiguousBars);
});

test('a fill in part ends the others too', () => {
  const bars = daily([at(100), at(100), [100, 106, 99, 105, 8], [105, 106, 94, 95, 100]]);
  const { fills, orders } = run(exits, bars, { maxParticipation: 0.5 });
  expect(told(fills)).toEqual(['1: +10 @ 100', '2: -4 @ 105', '3: -6 @ 105']);
  expect(endings(orders)).toEqual(['market filled', 'stop cancelled, other-filled', 'limit filled']);
});

test('an order that is refused or cancelled ends no other', () => {
  const { fills, orders } = run(
    pair(
      ({ order }) => order.limit(5000, 101),
      ({ order }) => order.limit(5, 97),
    ),
    daily([at(100), at(100), at(100), [100, 100, 96, 97]]),
  );
  expect(told(fills)).toEqual(['1: +10 @ 100', '3: +5 @ 97']);
  expect(endings(orders)).toEqual(['market filled', 'limit rejected, buying-power', 'limit filled']);
});

test.each<[rule: string, play: (context: Context) => void]>([
  [
    'an order twice',
    ({ order }) => {
      const first = order.limit(1, 90);
      order.oneCancelsOther(first, order.limit(1, 91));
      order.oneCancelsOther(first, order.limit(1, 92));
    },
  ],
  ['a side of a bracket', ({ order }) => order.oneCancelsOther(...order.open)],
  ['orders of another product', ({ orders }) => orders.a.oneCancelsOther(orders.a.limit(1, 90), orders.b.limit(1, 90))],
])('cannot group %s', (_, group) => {
  const data = { a: daily([at(100), at(100)]), b: daily([at(100), at(100)], { symbol: 'B' }) };
  const play: Script = { 0: ({ order }) => order.market(1, { stopLoss: 95, takeProfit: 105 }), 1: group };
  expect(() => run(play, data)).toThrow(expect.objectContaining({ code: 'GB_STRATEGY_ORDER' }));
});
