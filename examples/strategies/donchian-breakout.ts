/**
 * Breakout: buy bitcoin when it closes above the highest price of the last 20 days; a stop or a target ends the trade.
 *
 * Shows: a bracket. Stop loss and take profit come to life with the entry's fill, and when one fills, the other ends.
 *        The distance to the stop also sizes the trade: every entry risks the same share of the equity.
 * Try:   gobool backtest examples/strategies/donchian-breakout.ts --set stop=1.5 --set target=6
 */
import { atr, defineStrategy, float, highest, int } from 'gobool';

export default defineStrategy({
  name: 'donchian-breakout',
  data: 'crypto.BTCUSD.global@1d',
  account: { fee: '10bps', slippage: '5bps' },
  params: {
    days: int(20, { min: 5, max: 100 }),
    risk: float(0.01, { min: 0.001, max: 0.05 }), // share of the equity that the stop may cost
    stop: float(2, { min: 0.5, max: 10 }), // distances in average true ranges
    target: float(4, { min: 0.5, max: 20 }),
  },
  indicators: ({ high, low, close, params }) => ({
    top: highest(high, params.days),
    range: atr({ high, low, close }, params.days),
  }),
  onBar({ account, close, ind, order, params, position }) {
    const isBreakout = close.value > ind.top.at(1); // yesterday's top: today's high is already part of today's
    if (!isBreakout || !position.isFlat) return;
    const stopDistance = params.stop * ind.range.value;
    order.market((params.risk * account.equity) / stopDistance, {
      stopLoss: { offset: stopDistance },
      takeProfit: { offset: params.target * ind.range.value },
    });
  },
});
