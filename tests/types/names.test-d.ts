/** Names flow from their declaration to every place that uses them, with their types. Compiled, never run. */
import { expectTypeOf } from 'vitest';
import {
  bool,
  choice,
  defineStrategy,
  type FeedView,
  type Fill,
  float,
  fold,
  int,
  macd,
  type Orders,
  type Position,
  type PriceSeries,
  type Series,
  type Strategy,
  sma,
} from '../../src/runtime/index.ts';

const strategy = defineStrategy({
  name: 'names',
  data: { spy: 'stock.SPY.usa@1d', hour: 'crypto.BTCUSD.global@1h' },
  params: { fast: int(10), level: float(0.5), short: bool(false), exit: choice('stop', ['stop', 'time']) },
  indicators({ bars, close, params }) {
    expectTypeOf(bars).toEqualTypeOf<{ readonly spy: PriceSeries; readonly hour: PriceSeries }>();
    expectTypeOf(close).toEqualTypeOf<Series>();
    expectTypeOf(params.fast).toEqualTypeOf<number>();
    const ratio = fold([bars.spy.close, bars.hour.close], () => (spy, hour) => spy / hour);
    return { fast: sma(close, params.fast), ratio, macd: macd(ratio), band: { upper: close, lower: ratio } };
  },
  state: ({ params }) => ({ month: -1, left: params.fast, seen: new Set<number>() }),
  onStart({ state }) {
    expectTypeOf(state.left).toEqualTypeOf<number>();
  },
  onBar({ account, bar, bars, ind, order, orders, params, position, positions, state, time }) {
    expectTypeOf(params).toEqualTypeOf<{
      readonly fast: number;
      readonly level: number;
      readonly short: boolean;
      readonly exit: 'stop' | 'time';
    }>();
    expectTypeOf(ind.fast).toEqualTypeOf<Series>();
    expectTypeOf(ind.ratio.at(1)).toEqualTypeOf<number>();
    expectTypeOf(ind.macd.signal).toEqualTypeOf<Series>();
    expectTypeOf(ind.band.upper).toEqualTypeOf<Series>();
    expectTypeOf(state.seen).toEqualTypeOf<Set<number>>();
    expectTypeOf(bars).toEqualTypeOf<{ readonly spy: FeedView; readonly hour: FeedView }>();
    expectTypeOf(orders).toEqualTypeOf<{ readonly spy: Orders; readonly hour: Orders }>();
    expectTypeOf(positions).toEqualTypeOf<{ readonly spy: Position; readonly hour: Position }>();
    expectTypeOf(bar).toEqualTypeOf<FeedView>();
    expectTypeOf(order).toEqualTypeOf<Orders>();
    expectTypeOf(position.averagePrice).toEqualTypeOf<number>();
    expectTypeOf(account.buyingPower).toEqualTypeOf<number>();
    expectTypeOf(time).toEqualTypeOf<number>();
  },
  onFill({ fill, bars, state }) {
    expectTypeOf(fill).toEqualTypeOf<Fill>();
    expectTypeOf(fill.order?.state).toEqualTypeOf<
      'open' | 'filled' | 'cancelled' | 'expired' | 'rejected' | undefined
    >();
    expectTypeOf(bars.hour.isNew).toEqualTypeOf<boolean>();
    expectTypeOf(state.month).toEqualTypeOf<number>();
  },
  onEnd({ ind }) {
    expectTypeOf(ind.fast).toEqualTypeOf<Series>();
  },
});

expectTypeOf(strategy).toEqualTypeOf<Strategy>();

defineStrategy({
  name: 'one feed without a name',
  data: 'stock.SPY.usa@1d',
  onBar({ bar, bars, ind, params, state }) {
    expectTypeOf(bar.close.value).toEqualTypeOf<number>();
    expectTypeOf(bar.ageMs).toEqualTypeOf<number>();
    expectTypeOf<keyof typeof bars>().toBeNever();
    expectTypeOf<keyof typeof ind>().toBeNever();
    expectTypeOf<keyof typeof params>().toBeNever();
    expectTypeOf(state).toBeUndefined();
  },
});
