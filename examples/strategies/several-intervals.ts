/**
 * Two clocks: the hours say which way to trade, the minutes say when. Buys dips of a minute while the hours rise.
 *
 * Shows: two intervals of one product. There is one file of minutes; gobool makes the hours from it. `bars.hour` is always
 *        the last hour that has closed, never the one that is still under way.
 * Try:   gobool backtest examples/strategies/several-intervals.ts --set dip=20 --fee 0
 */
import { crossesAbove, defineStrategy, ema, float, int, rsi } from 'gobool';

export default defineStrategy({
  name: 'several-intervals',
  data: { minute: 'crypto.BTCUSD.global@1m', hour: 'crypto.BTCUSD.global@1h' },
  account: { fee: '10bps', slippage: '2bps' },
  params: {
    hours: int(12, { min: 2, max: 50 }),
    minutes: int(14, { min: 2, max: 60 }),
    dip: float(30, { min: 5, max: 50 }),
  },
  indicators: ({ bars, params }) => ({
    trend: ema(bars.hour.close, params.hours),
    rsi: rsi(bars.minute.close, params.minutes),
  }),
  onBar({ bars, ind, order, params, position }) {
    const isRising = bars.hour.close.value > ind.trend.value;
    if (position.isFlat && isRising && crossesAbove(ind.rsi, params.dip)) order.target(1);
    else if (position.isLong && !isRising) order.target(0);
  },
});
