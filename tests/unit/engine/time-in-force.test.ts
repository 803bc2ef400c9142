import { describe, expect, test } from 'vitest';
import { at, daily, endings, HOUR, intraday, opening, type Row, run, type Script, told } from '../../helpers/engine.ts';

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
