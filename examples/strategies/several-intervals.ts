/**
 * Two clocks: the days say whether to trade, the hours say when. Buys an hourly dip of the euro in a daily up-trend.
 *
 * Shows: two intervals of one product. There is only a file of hours; gobool makes the days from it. `bars.day` is the
 *        last day that has closed, never the one that is still under way: no hour sees how its own day ends.
 * Try:   gobool backtest examples/strategies/several-intervals.ts --set dip=20 --set days=20
 */
import { defineStrategy, float, int, rsi, sma } from 'gobool';

export default defineStrategy({
  name: 'several-intervals',
  data: { hour: 'forex.EURUSD.global@1h', day: 'forex.EURUSD.global@1d' },
  account: { slippage: '0.2bps' },
  params: {
    days: int(50, { min: 2, max: 200 }),
    hours: int(14, { min: 2, max: 100 }),
    dip: float(30, { min: 0, max: 50 }),
    top: float(60, { min: 50, max: 100 }),
  },
  indicators: ({ bars, params }) => ({
    trend: sma(bars.day.close, params.days),
    rsi: rsi(bars.hour.close, params.hours),
  }),
  onBar({ bars, ind, order, params }) {
    const isRising = bars.day.close.value > ind.trend.value;
    if (isRising && ind.rsi.value < params.dip) order.target(1);
    else if (ind.rsi.value > params.top) order.target(0);
  },
});
