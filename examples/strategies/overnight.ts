/**
 * Overnight: stocks earn much of their return while the exchange is closed. Buy every close, sell every open.
 *
 * Shows: orders for a session's open and close, and what costs do: the effect is famous, the bill is not.
 * Try:   gobool backtest examples/strategies/overnight.ts --fee 0 --slippage 0
 */
import { defineStrategy } from 'gobool';

export default defineStrategy({
  name: 'overnight',
  data: 'stock.SPY.usa@1d',
  account: { fee: '0.5bps', slippage: '0.5bps', leverage: 2 }, // tomorrow's close may be higher than today's
  onBar({ account, close, order, position }) {
    // Both fill in the next session: the sale at its open, the purchase at its close.
    if (position.isLong) order.marketOnOpen(-position.quantity);
    order.marketOnClose(account.equity / close.value);
  },
});
