/** What `defineStrategy` accepts and refuses. Compiled, never run. */
import { expectTypeOf } from 'vitest';
import {
  choice,
  defineStrategy,
  type FeeInput,
  macd,
  type Order,
  type Orders,
  type Series,
  sig,
  sma,
} from '../../src/runtime/index.ts';

declare const order: Orders;
declare const close: Series;

/** The signals form knows its indicators, alone and in records. */
defineStrategy({
  name: 'signals',
  indicators: setup => ({ fast: sma(setup.close, 10), macd: macd(setup.close) }),
  signals: setup => ({
    enter: sig.crossesAbove(setup.ind.macd.macd, setup.ind.macd.signal).and(sig.above(setup.close, setup.ind.fast)),
    exit: sig.below(setup.ind.fast, 5).not().or(sig.crossesBelow(setup.close, setup.ind.fast)),
  }),
});

// @ts-expect-error a strategy has one form, not both
defineStrategy({ name: 'both', onBar() {}, signals: () => ({ enter: sig.above(1, 2), exit: sig.below(1, 2) }) });

// @ts-expect-error a strategy has one form, not none
defineStrategy({ name: 'neither' });

// @ts-expect-error the signals form has no hooks
defineStrategy({ name: 'hook', onEnd() {}, signals: () => ({ enter: sig.above(1, 2), exit: sig.below(1, 2) }) });

// @ts-expect-error an indicator is a series, not a number
defineStrategy({ name: 'value', indicators: setup => ({ now: setup.close.value }), onBar() {} });

/** Every account setting, the fee also as a function. */
defineStrategy({
  name: 'account',
  account: {
    cash: 10_000,
    leverage: 2,
    allowShort: true,
    lot: 1,
    fee: fill => {
      expectTypeOf(fill).toEqualTypeOf<FeeInput>();
      return fill.maker ? 0 : fill.value * 0.001;
    },
    slippage: '2bps',
    maxParticipation: 0.1,
    limitFill: 'touch',
    sizing: 'decision',
  },
  onBar() {},
});

// @ts-expect-error `fill` or `decision`
defineStrategy({ name: 'sizing', account: { sizing: 'close' }, onBar() {} });

// @ts-expect-error the default is one of the choices
choice('never', ['stop', 'time']);

expectTypeOf(order.market(1, { stopLoss: 95, takeProfit: { offset: 10 } })).toEqualTypeOf<Order>();
expectTypeOf(order.target(-0.5, { stopLoss: { trail: 3 }, rebalance: true })).toBeVoid();
expectTypeOf(order.trailingStop(-1, { fraction: 0.1 }, { timeInForce: 'day' })).toEqualTypeOf<Order>();
expectTypeOf(order.modify(order.limit(1, 95), { limit: 96 })).toEqualTypeOf<boolean>();

// @ts-expect-error a limit order has a price
order.limit(1);
// @ts-expect-error a trailing stop follows by an amount or by a fraction
order.trailingStop(-1, { percent: 10 });
// @ts-expect-error a target is a number
order.target('all');
// @ts-expect-error orders change through `modify`
order.limit(1, 95).limit = 96;
// @ts-expect-error a series is not a number: read `close.value`
close > 5;
