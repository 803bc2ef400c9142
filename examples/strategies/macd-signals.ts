/**
 * MACD: hold euros while their momentum is above its own average, if it rose above it in a long up-trend.
 *
 * Shows: the `signals` form. Say when to be in and when to be out, and leave the orders to gobool: the shortest form,
 *        and the fastest. Forex data has quotes, so every fill also pays half of the spread of its hour.
 * Try:   gobool backtest examples/strategies/macd-signals.ts --set slow=52 --from 2017-01-01
 */
import { defineStrategy, ema, int, macd, sig } from 'gobool';

export default defineStrategy({
  name: 'macd-signals',
  data: 'forex.EURUSD.global@1h',
  account: { slippage: '0.2bps' },
  params: {
    fast: int(12, { min: 2, max: 50 }),
    slow: int(26, { min: 5, max: 200 }),
    signal: int(9, { min: 2, max: 50 }),
    trend: int(200, { min: 20, max: 2000 }),
  },
  indicators: ({ close, params }) => ({
    macd: macd(close, params.fast, params.slow, params.signal),
    trend: ema(close, params.trend),
  }),
  signals: ({ close, ind }) => ({
    enter: sig.crossesAbove(ind.macd.macd, ind.macd.signal).and(sig.above(close, ind.trend)),
    exit: sig.crossesBelow(ind.macd.macd, ind.macd.signal),
  }),
});
