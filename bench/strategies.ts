/** What the measurements run. The first two are the same strategy in both forms, the others change one thing each. */
import {
  crossesAbove,
  crossesBelow,
  defineStrategy,
  fold,
  int,
  type Orders,
  type Series,
  sig,
  sma,
} from '../src/runtime/index.ts';

const averages = ({ close }: { close: Series }) => ({ fast: sma(close, 10), slow: sma(close, 30) });

function follow(fast: Series, slow: Series, order: Orders): void {
  if (crossesAbove(fast, slow)) order.target(0.2);
  else if (crossesBelow(fast, slow)) order.target(0);
}

export const STRATEGIES = {
  onBar: defineStrategy({
    name: 'on-bar',
    indicators: averages,
    onBar({ ind, order }) {
      if (crossesAbove(ind.fast, ind.slow)) order.target(1);
      else if (crossesBelow(ind.fast, ind.slow)) order.target(0);
    },
  }),

  signals: defineStrategy({
    name: 'signals',
    indicators: averages,
    signals: ({ ind }) => ({
      enter: sig.crossesAbove(ind.fast, ind.slow),
      exit: sig.crossesBelow(ind.fast, ind.slow),
    }),
  }),

  fiveProducts: defineStrategy({
    name: 'five-products',
    data: { a: '', b: '', c: '', d: '', e: '' },
    indicators: ({ bars }) => ({
      a: averages(bars.a),
      b: averages(bars.b),
      c: averages(bars.c),
      d: averages(bars.d),
      e: averages(bars.e),
    }),
    onBar({ ind, orders }) {
      follow(ind.a.fast, ind.a.slow, orders.a);
      follow(ind.b.fast, ind.b.slow, orders.b);
      follow(ind.c.fast, ind.c.slow, orders.c);
      follow(ind.d.fast, ind.d.slow, orders.d);
      follow(ind.e.fast, ind.e.slow, orders.e);
    },
  }),

  /** `onBar`, where every entry brings a bracket that the exit ends, unless it is reached before. */
  crossBracket: defineStrategy({
    name: 'cross-bracket',
    indicators: averages,
    onBar({ ind, close, order }) {
      if (crossesAbove(ind.fast, ind.slow)) {
        const offset = 0.02 * close.value;
        order.target(1, { stopLoss: { offset }, takeProfit: { offset } });
      } else if (crossesBelow(ind.fast, ind.slow)) order.target(0);
    },
  }),

  /** Holds until price has moved by 1 % either way: a bracket is open on most bars. */
  bracket: defineStrategy({
    name: 'bracket',
    indicators: averages,
    onBar({ close, order, position }) {
      if (!position.isFlat) return;
      const offset = 0.01 * close.value;
      order.target(1, { stopLoss: { offset }, takeProfit: { offset } });
    },
  }),

  /** The same by hand. */
  withoutBracket: defineStrategy({
    name: 'without-bracket',
    indicators: averages,
    onBar({ close, order, position }) {
      if (position.isFlat) order.target(1);
      else if (Math.abs(close.value / position.averagePrice - 1) >= 0.01) order.target(0);
    },
  }),

  /** Keeps a limit order near the market, and moves it. */
  limitOrders: defineStrategy({
    name: 'limit-orders',
    indicators: averages,
    onBar({ ind, close, order, position }) {
      const [resting] = order.open;
      const quantity = position.isFlat ? 1 : -1;
      const price = close.value * (1 - quantity * 0.002);
      if (resting === undefined) order.limit(quantity, price);
      else if (crossesAbove(ind.fast, ind.slow)) order.modify(resting, { limit: price });
    },
  }),

  /** An average of the user's own beside ours. */
  ownIndicator: defineStrategy({
    name: 'own-indicator',
    indicators: ({ close }) => ({
      fast: fold([close], () => {
        let mean = Number.NaN;
        return price => (mean = Number.isNaN(mean) ? price : mean + 0.2 * (price - mean));
      }),
      slow: sma(close, 30),
    }),
    onBar({ ind, order }) {
      if (crossesAbove(ind.fast, ind.slow)) order.target(1);
      else if (crossesBelow(ind.fast, ind.slow)) order.target(0);
    },
  }),

  readsEquity: defineStrategy({
    name: 'reads-equity',
    indicators: averages,
    onBar({ ind, order, account }) {
      if (account.equity > 0 && crossesAbove(ind.fast, ind.slow)) order.target(1);
      else if (crossesBelow(ind.fast, ind.slow)) order.target(0);
    },
  }),

  threeIntervals: defineStrategy({
    name: 'three-intervals',
    data: { minute: '', five: '', quarter: '' },
    indicators: ({ bars }) => ({ fast: sma(bars.minute.close, 10), slow: sma(bars.five.close, 6) }),
    onBar({ ind, bars, order }) {
      if (crossesAbove(ind.fast, ind.slow) && bars.quarter.close.value > 0) order.target(1);
      else if (crossesBelow(ind.fast, ind.slow)) order.target(0);
    },
  }),
};

const periods = { fast: int(10), slow: int(30) };

/** The cross with its periods as parameters, in both forms. */
export const SWEPT = {
  onBar: defineStrategy({
    name: 'swept-on-bar',
    params: periods,
    indicators: ({ close, params: { fast, slow } }) => ({ fast: sma(close, fast), slow: sma(close, slow) }),
    onBar({ ind, order }) {
      if (crossesAbove(ind.fast, ind.slow)) order.target(1);
      else if (crossesBelow(ind.fast, ind.slow)) order.target(0);
    },
  }),

  signals: defineStrategy({
    name: 'swept-signals',
    params: periods,
    indicators: ({ close, params: { fast, slow } }) => ({ fast: sma(close, fast), slow: sma(close, slow) }),
    signals: ({ ind }) => ({
      enter: sig.crossesAbove(ind.fast, ind.slow),
      exit: sig.crossesBelow(ind.fast, ind.slow),
    }),
  }),
};
