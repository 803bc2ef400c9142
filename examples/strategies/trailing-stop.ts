/**
 * Let it run: buy bitcoin when its trend turns up, and let a stop that follows the best price end the trade.
 *
 * Shows: a trailing stop as part of the entry, and `onFill`, which hears of every fill, the stop's too.
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
