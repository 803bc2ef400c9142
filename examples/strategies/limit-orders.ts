/**
 * Patience: never pay the spread. A limit order waits below the market to buy, and another one above it to sell.
 *
 * Shows: resting orders. They fill at their price or not at all, live until cancelled, and move with `modify`.
 * Try:   gobool backtest examples/strategies/limit-orders.ts --set deviations=3 --limit-fill touch
 */
import { bollinger, defineStrategy, float, int } from 'gobool';

export default defineStrategy({
  name: 'limit-orders',
  data: 'forex.EURUSD.global@1h',
  account: { fee: '0.2bps' },
  params: {
    hours: int(24, { min: 5, max: 500 }),
    deviations: float(2, { min: 0.5, max: 5 }),
  },
  indicators: ({ close, params }) => ({ band: bollinger(close, params.hours, params.deviations) }),
  onBar({ account, ind, order, position }) {
    order.cancelAll();
    if (position.isFlat) order.limit((0.9 * account.equity) / ind.band.lower.value, ind.band.lower.value);
    else order.limit(-position.quantity, ind.band.middle.value);
  },
});
