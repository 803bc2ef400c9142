import { describe, expect, test } from 'vitest';
import type { OrderOptions } from '../../../src/runtime/sdk/orders.ts';
import { at, daily, endings, HOUR, intraday, opening, type Row, run, type Script, told } from '../../helpers/engine.ts';
import { errorOf } from '../../helpers/errors.ts';

const low = (price: number): Row => [100, 100, price, 100];

describe('gtc', () => {
  test('is the default: open until it fills, or the data end', () => {
    const { fills } = run(
      { 0: ({ order }) => order.limit(1, 98) },
      daily([at(100), ...Array(50).fill(at(100)), low(97)]),
    );
    expect(told(fills)).toEqual(['51: +1 @ 98']);
    const never = run({ 0: ({ order }) => order.limit(1, 90) }, daily([at(100), at(100)]));
    expect(endings(never.orders)).toEqual(['limit open, run-ended']);
  });
});

describe('day', () => {
  const play: Script = { 0: ({ order }) => order.limit(1, 98, { timeInForce: 'day' }) };

  test('on daily bars: the next bar only', () => {
    expect(told(run(play, daily([at(100), low(97)])).fills)).toEqual(['1: +1 @ 98']);
    const { fills, orders } = run(play, daily([at(100), at(100), low(97)]));
    expect(fills).toEqual([]);
    expect(orders).toMatchObject([{ state: 'expired', reason: 'end-of-session', ended: opening(2) }]);
  });

  test('on intraday bars: the rest of the session', () => {
    expect(told(run(play, intraday(60, [[at(100), at(100), low(97)], [at(100)]])).fills)).toEqual(['2: +1 @ 98']);
    const { orders } = run(play, intraday(60, [[at(100), at(100)], [low(97)]]));
    expect(endings(orders)).toEqual(['limit expired, end-of-session']);
  });

  test('given at the end of a session: the next session', () => {
    const given: Script = { 1: ({ order }) => order.limit(1, 98, { timeInForce: 'day' }) };
    expect(
      told(
        run(
          given,
          intraday(60, [
            [at(100), at(100)],
            [at(100), low(97)],
          ]),
        ).fills,
      ),
    ).toEqual(['3: +1 @ 98']);
  });

  test('keeps what filled when it expires', () => {
    const part: Script = { 0: ({ order }) => order.market(10, { timeInForce: 'day' }) };
    const { fills, orders } = run(part, daily([at(100), at(100, 8), at(100)]), { maxParticipation: 0.5 });
    expect(told(fills)).toEqual(['1: +4 @ 100']);
    expect(orders).toMatchObject([{ state: 'expired', filled: 4, quantity: 10 }]);
  });
});

describe('ioc', () => {
  const play: Script = { 0: ({ order }) => order.limit(1, 98, { timeInForce: 'ioc' }) };

  test('lives for one bar', () => {
    expect(told(run(play, intraday(60, [[at(100), low(97)]])).fills)).toEqual(['1: +1 @ 98']);
    const { fills, orders } = run(play, intraday(60, [[at(100), at(100), low(97)]]));
    expect(fills).toEqual([]);
    expect(orders).toMatchObject([{ state: 'cancelled', reason: 'immediate-or-cancel', ended: opening(0) + 2 * HOUR }]);
  });

  test('the rest of a fill in part is cancelled', () => {
    const part: Script = { 0: ({ order }) => order.market(10, { timeInForce: 'ioc' }) };
    const { fills, orders } = run(part, daily([at(100), at(100, 8), at(100)]), { maxParticipation: 0.5 });
    expect(told(fills)).toEqual(['1: +4 @ 100']);
    expect(orders).toMatchObject([{ state: 'cancelled', reason: 'immediate-or-cancel', filled: 4 }]);
  });
});

describe('gtd', () => {
  /** Bars of an hour from 14:30 on day 0: the order is given at 15:30. */
  const hour = (count: number): number => opening(0) + count * HOUR;
  const until = (goodTill: number): Script => ({ 0: ({ order }) => order.limit(1, 98, { goodTill }) });
  const still = [100, 100, 100, 100] as const;

  test.each<[rule: string, goodTill: number, days: Row[], fills: string[], ending: string]>([
    ['fills in a bar that closes by its date', hour(3), [still, still, low(97)], ['2: +1 @ 98'], 'limit filled'],
    ['not inside a bar that the date lies in', hour(2.5), [still, still, low(97)], [], 'limit expired, good-till-date'],
    ['but at the open of that bar', hour(2.5), [still, still, [97, 97, 97, 97]], ['2: +1 @ 97'], 'limit filled'],
    ['not at an open at its date', hour(2), [still, still, [97, 97, 97, 97]], [], 'limit expired, good-till-date'],
    ['no bar after its date: still open', hour(2), [still, still], [], 'limit open, run-ended'],
  ])('%s', (_, goodTill, bars, fills, ending) => {
    const outcome = run(until(goodTill), intraday(60, [bars]));
    expect(told(outcome.fills)).toEqual(fills);
    expect(endings(outcome.orders)).toEqual([ending]);
    if (ending.includes('expired')) expect(outcome.orders).toMatchObject([{ ended: goodTill }]);
  });

  test('lives through nights until then', () => {
    const { fills } = run(until(opening(2)), daily([still, low(97), low(97)]));
    expect(told(fills)).toEqual(['1: +1 @ 98']);
    const { orders } = run(until(opening(2)), daily([still, still, low(97)]));
    expect(orders).toMatchObject([{ state: 'expired', reason: 'good-till-date', ended: opening(2) }]);
  });

  test('what protects a position outlives the order that opened it', () => {
    const play: Script = { 0: ({ order }) => order.limit(1, 98, { goodTill: opening(2), stopLoss: 90 }) };
    const { fills } = run(play, daily([still, low(97), still, still, low(89)]));
    expect(told(fills)).toEqual(['1: +1 @ 98', '4: -1 @ 90']);
  });

  test.each<[wrong: string, options: OrderOptions]>([
    ['a date that is past', { goodTill: opening(0) }],
    ['no date', { timeInForce: 'gtd' }],
    ['not a number', { goodTill: Number.NaN }],
    ['a date of an order that lives by another rule', { goodTill: opening(9), timeInForce: 'day' }],
  ])('%s is refused', async (_, options) => {
    const error = await errorOf(() => run({ 0: ({ order }) => order.limit(1, 98, options) }, daily([still, still])));
    expect(error.code).toBe('GB_STRATEGY_ORDER');
  });
});
