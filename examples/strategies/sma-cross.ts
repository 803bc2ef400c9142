/**
 * Trend: hold SPY while its fast average is above its slow one, else stay out.
 *
 * Shows: all that a strategy needs. `indicators` declares, `onBar` decides, and `order.target(1)` is all of the equity.
 * Try:   gobool backtest examples/strategies/sma-cross.ts --set fast=50 --set slow=200
 */
import { crossesAbove, crossesBelow, defineStrategy, int, sma } from 'gobool';

export default defineStrategy({
  name: 'sma-cross',
  data: 'stock.SPY.usa@1d',
  account: { fee: '1bps', slippage: '1bps' },
  params: {
    fast: int(10, { min: 2, max: 100 }),
    slow: int(30, { min: 5, max: 400 }),
  },
  indicators: ({ close, params }) => ({
    fast: sma(close, params.fast),
    slow: sma(close, params.slow),
  }),
  onBar({ ind, order }) {
    if (crossesAbove(ind.fast, ind.slow)) order.target(1);
    else if (crossesBelow(ind.fast, ind.slow)) order.target(0);
  },
});
