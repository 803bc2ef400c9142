/**
 * Patience: one limit order waits far below the price of SPY to buy, another one at the average to sell.
 *
 * Shows: resting orders. A limit fills at its price or better, and only when the market trades through it. It rests
 *        until it is cancelled, here at the next close, because by then the band has moved.
 * Try:   gobool backtest examples/strategies/limit-orders.ts --set deviations=3 --limit-fill touch
 */
import { bollinger, defineStrategy, float, int } from 'gobool';

export default defineStrategy({
  name: 'limit-orders',
  data: 'stock.SPY.usa@1d',
  account: { fee: '1bps' },
  params: {
    days: int(20, { min: 5, max: 250 }),
    deviations: float(2, { min: 0.5, max: 5 }),
  },
  indicators: ({ close, params }) => ({ band: bollinger(close, params.days, params.deviations) }),
  onBar({ account, ind, order, position }) {
    const { lower, middle } = ind.band;
    order.cancelAll();
    const affordable = (0.99 * account.equity) / lower.value; // the rest pays the fee
    if (position.isFlat) order.limit(affordable, lower.value);
    else order.limit(-position.quantity, middle.value);
  },
});
