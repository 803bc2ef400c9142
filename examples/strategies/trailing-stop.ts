/**
 * Let it run: buy bitcoin when it rises above its average, and let a stop that follows the best price end the trade.
 *
 * Shows: a trailing stop that comes with the entry. It stays a few average true ranges below the best price since then,
 *        and never moves back. `target(1, ...)` needs no exit: when the stop fills, the target is forgotten.
 * Try:   gobool backtest examples/strategies/trailing-stop.ts --set width=2
 */
import { atr, crossesAbove, defineStrategy, ema, float, int } from 'gobool';

export default defineStrategy({
  name: 'trailing-stop',
  data: 'crypto.BTCUSD.global@1d',
  account: { fee: '10bps', slippage: '5bps' },
  params: {
    days: int(20, { min: 5, max: 100 }),
    width: float(3, { min: 0.5, max: 10 }), // in average true ranges
  },
  indicators: ({ high, low, close, params }) => ({
    trend: ema(close, params.days),
    range: atr({ high, low, close }, params.days),
  }),
  onBar({ close, ind, order, params, position }) {
    if (!position.isFlat || !crossesAbove(close, ind.trend)) return;
    order.target(1, { stopLoss: { trail: params.width * ind.range.value } });
  },
});
