/**
 * Overnight: stocks earn most of their money while the exchange is closed. Buy every close, sell every open.
 *
 * Shows: orders for a session's open and close, and what costs do: the idea is famous, the bill is not.
 * Try:   gobool backtest examples/strategies/overnight.ts --fee 0 --slippage 0
 */
import { defineStrategy } from 'gobool';

export default defineStrategy({
  name: 'overnight',
  data: 'stock.SPY.usa@1d',
  account: { fee: '0.5bps', slippage: '0.5bps' },
  onBar({ account, close, order, position }) {
    // Both fill in the next session: first the sale at its open, then the purchase at its close.
    if (position.isLong) order.marketOnOpen(-position.quantity);
    order.marketOnClose((0.95 * account.equity) / close.value);
  },
});
