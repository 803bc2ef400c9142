/**
 * Mean reversion: in a rising market buy the days on which everybody sold, and leave as soon as the price recovers.
 *
 * Shows: indicators next to plain numbers, and a decision that looks at the position.
 * Try:   gobool backtest examples/strategies/rsi-reversion.ts --set entry=5 --from 2010-01-01
 */
import { defineStrategy, float, int, rsi, sma } from 'gobool';

export default defineStrategy({
  name: 'rsi-reversion',
  data: 'stock.SPY.usa@1d',
  account: { fee: '1bps', slippage: '1bps' },
  params: {
    period: int(2, { min: 2, max: 30 }),
    entry: float(10, { min: 0, max: 100 }),
    exit: float(65, { min: 0, max: 100 }),
    trend: int(200, { min: 20, max: 400 }),
  },
  indicators: ({ close, params }) => ({
    rsi: rsi(close, params.period),
    trend: sma(close, params.trend),
  }),
  onBar({ close, ind, order, params, position }) {
    const isRising = close.value > ind.trend.value;
    if (position.isFlat && isRising && ind.rsi.value < params.entry) order.target(1);
    else if (position.isLong && ind.rsi.value > params.exit) order.target(0);
  },
});
