import { describe, expect, test } from 'vitest';
import type { RunOptions } from '../../../src/runtime/engine/run-options.ts';
import { defineStrategy, sig } from '../../../src/runtime/index.ts';
import {
  aroundTheClock,
  at,
  type Context,
  daily,
  endings,
  HOUR,
  opening,
  type Row,
  run,
  type Script,
  script,
  told,
} from '../../helpers/engine.ts';

/** Half of the positions must be the account's own at the start, a quarter later. */
const ON_MARGIN: Partial<RunOptions> = { leverage: 2, maintenanceMargin: 0.25, allowShort: true };
const buyAll: Script = { 0: ({ order }) => order.market(2000) };
const sellAll: Script = { 0: ({ order }) => order.market(-2000) };

describe('when it comes', () => {
  // 2,000 units for 200,000, half of them on credit: equity is 2,000 x price - 100,000.
  test.each<[rule: string, play: Script, close: number, calls: number]>([
    ['equity at the margin: 66.67 leaves 33,340 of 133,340', buyAll, 66.67, 0],
    ['equity below it: 66.66 leaves 33,320 of 133,320', buyAll, 66.66, 1],
    ['short, at the margin: 120 leaves 60,000 of 240,000', sellAll, 120, 0],
    ['short, below it: 120.01 leaves 59,980 of 240,020', sellAll, 120.01, 1],
  ])('%s', (_, play, close, calls) => {
    const { record } = run(play, daily([at(100), at(100), at(close), at(close)]), ON_MARGIN);
    expect(record.marginCalls).toHaveLength(calls);
  });

  test('closes count, not what happened inside the bar', () => {
    const { record } = run(buyAll, daily([at(100), at(100), [100, 100, 55, 90], at(90)]), ON_MARGIN);
    expect(record.marginCalls).toEqual([]);
  });

  test('without a maintenance margin there is none', () => {
    const { record } = run(buyAll, daily([at(100), at(100), at(55), at(55)]), { leverage: 2 });
    expect(record).toMatchObject({ marginCalls: [], finalEquity: 10_000 });
  });

  test('equity that is used up ends the run instead', () => {
    const { record, orders } = run(buyAll, daily([at(100), at(100), at(50), at(50)]), ON_MARGIN);
    expect(record).toMatchObject({ state: 'wiped-out', marginCalls: [] });
    expect(endings(orders)).toEqual(['market filled']);
  });

  test('interest alone can bring it', () => {
    // 100,000 are owed at 36.5 % a year, 100 the first day: equity of 99,900, then 99,799.9, below 49.9 % of 200,000.
    const bars = daily(Array(6).fill(at(100)));
    const options = { ...ON_MARGIN, maintenanceMargin: 0.499 };
    expect(run(buyAll, bars, options).record.marginCalls).toEqual([]);
    const { record } = run(buyAll, bars, { ...options, marginInterest: 0.365 });
    expect(record.marginCalls).toEqual([opening(3) + 6.5 * HOUR]);
  });
});

describe('what it does', () => {
  const fall: Row[] = [at(100), at(100), at(60), [58, 59, 57, 58], at(58)];

  test('everything is sold at the next open, and says so', () => {
    const { fills, orders, record } = run(buyAll, daily(fall), ON_MARGIN);
    expect(told(fills)).toEqual(['1: +2000 @ 100', '3: -2000 @ 58']);
    expect(endings(orders)).toEqual(['market filled', 'margin-call filled']);
    expect(orders[1]).toMatchObject({ quantity: -2000, submitted: opening(2) + 6.5 * HOUR, ended: opening(3) });
    expect(record).toMatchObject({ marginCalls: [opening(2) + 6.5 * HOUR], finalCash: 16_000 });
  });

  test('slippage and fees are paid as by any market order', () => {
    const costs = { fee: { kind: 'fixed', perFill: 5 }, slippage: { kind: 'fixed', perUnit: 1 } } as const;
    const { fills } = run({ 0: ({ order }) => order.market(1500) }, daily(fall), {
      ...ON_MARGIN,
      ...costs,
      maintenanceMargin: 0.45,
    });
    expect(fills[1]).toMatchObject({ price: 57, slippage: 1500, fee: 5 });
  });

  test('all positions are closed, long and short, each at the open of its own next bar', () => {
    const a = daily([at(100), at(100), at(60), at(60)]);
    const b = aroundTheClock(4, Array(24).fill(at(10)), { symbol: 'B', product: { calendar: 'us-equity' } });
    const play: Script = {
      0: ({ orders }) => {
        orders.a.market(1800);
        orders.b.market(-1000);
      },
    };
    const { fills, record } = run(play, { a, b }, ON_MARGIN);
    expect(record.marginCalls).toEqual([opening(2) + 6.5 * HOUR]);
    expect(told(fills)).toEqual(['6: -1000 b @ 10', '1: +1800 a @ 100', '18: +1000 b @ 10', '3: -1800 a @ 60']);
  });

  test('what waited is cancelled, orders and targets', () => {
    const play: Script = {
      0: ({ order }) => {
        order.market(2000, { stopLoss: 40 });
        order.limit(10, 50);
      },
    };
    const { orders } = run(play, daily(fall), ON_MARGIN);
    expect(endings(orders)).toEqual([
      'market filled',
      'limit cancelled, margin-call',
      'stop cancelled, margin-call',
      'margin-call filled',
    ]);
    const late = { a: daily(fall), b: daily([at(10), at(10)], { symbol: 'B' }) };
    const waits: Script = { ...buyAll, 1: ({ orders }) => orders.b.target(0.1) };
    expect(endings(run(waits, late, ON_MARGIN).orders)).toEqual([
      'market filled',
      'target cancelled, margin-call',
      'margin-call filled',
    ]);
  });

  test('until it is done the strategy cannot order, and cannot touch what closes', () => {
    const seen: unknown[] = [];
    const play: Script = {
      ...buyAll,
      2: ({ order, orders: _, position }) => {
        order.target(1);
        order.targetQuantity(5);
        order.market(1);
        order.cancelAll();
        seen.push(order.open.length, position.quantity);
      },
      3: ({ order, position }) => {
        seen.push(position.quantity);
        order.target(1);
      },
    };
    const { orders, fills } = run(play, daily(fall), ON_MARGIN);
    expect(seen).toEqual([0, 2000, 0]);
    expect(endings(orders)).toEqual([
      'market filled',
      'target rejected, margin-call',
      'target rejected, margin-call',
      'market rejected, margin-call',
      'margin-call filled',
      'target filled',
    ]);
    expect(told(fills).at(-1)).toBe(`4: +${Number((16_000 / 58).toPrecision(12))} @ 58`);
  });

  test('under a volume cap it takes several bars, and onFill hears of each', () => {
    const volumes: Row[] = [at(100), at(100), at(60), at(58, 3000), at(58, 3000), at(58)];
    const heard: string[] = [];
    const play = script(buyAll, daily(volumes), ({ fill, order }) => {
      heard.push(`${fill.order?.kind} ${fill.quantity}`);
      if (fill.order?.kind === 'margin-call') expect(() => order.cancel(fill.order!)).toThrow('not an order');
    });
    const { orders, record } = run(play, daily(volumes), { ...ON_MARGIN, maxParticipation: 0.5 });
    expect(heard).toEqual(['market 2000', 'margin-call -1500', 'margin-call -500']);
    expect(endings(orders)).toEqual(['market filled', 'margin-call filled']);
    expect(record.marginCalls).toHaveLength(1);
  });

  test('a split before that open leaves no fraction of a lot behind', () => {
    const actions = [{ time: opening(3), ratio: 0.1, dividend: 0 }];
    const bars = daily([at(100), at(100), at(60), at(580)], { actions, product: { lot: 1 } });
    const { fills, record } = run({ 0: ({ order }) => order.market(2005) }, bars, { ...ON_MARGIN, leverage: 3 });
    expect(told(fills)).toEqual(['1: +2005 @ 100', '3: -200.5 @ 580']);
    expect(record.positions).toMatchObject([{ quantity: 0 }]);
  });

  test('at the last bar it stays open', () => {
    const { orders, record } = run(buyAll, daily(fall.slice(0, 3)), ON_MARGIN);
    expect(endings(orders)).toEqual(['market filled', 'margin-call open, run-ended']);
    expect(record.marginCalls).toHaveLength(1);
  });
});

test('both forms of strategy are called at the same bar', () => {
  // Funding of 1 % puts an account that is all in on credit.
  const funding = [{ time: opening(4), rate: 0.01 }];
  const bars = daily([at(100), at(90), at(110), at(120), at(100), at(105), at(104), at(120), at(120)], { funding });
  const bySignals = defineStrategy({
    name: 'signals',
    signals: ({ close }) => ({ enter: sig.above(close, 100), exit: sig.below(close, 50) }),
  });
  const byHand = defineStrategy({
    name: 'by hand',
    onBar: ({ close, order }) => {
      if (close.value > 100) order.target(1);
      else if (close.value < 50) order.target(0);
    },
  });
  const results = [bySignals, byHand].map(play => run(play, bars, { maintenanceMargin: 1 }));
  expect(results[0]!.record.marginCalls).toHaveLength(1);
  expect(endings(results[0]!.orders)).toEqual(['target filled', 'margin-call filled', 'target filled']);
  expect(results[0]!.equity).toEqual(results[1]!.equity);
  expect(results[0]!.orders).toEqual(results[1]!.orders);
});

test('an account that is never at risk is never called', () => {
  const all = ({ order }: Context) => order.target(1);
  const { record } = run(all, daily([at(100), at(100), at(1)]), { maintenanceMargin: 1 });
  expect(record.marginCalls).toEqual([]);
});
