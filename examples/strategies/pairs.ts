/**
 * Pairs: when IBM, measured in units of the whole market, strays from its mean, sell the dear side, buy the cheap one.
 *
 * Shows: two products in one account, an indicator over both (`fold`), and a short side, which the account must allow.
 *        Both sides are worth the same, so a market that falls does not matter; a pair that drifts apart does.
 * Try:   gobool backtest examples/strategies/pairs.ts --set entry=1.5 --data stock=stock.BAC.usa@1d
 */
import { defineStrategy, float, fold, int, type Series, sma, stddev } from 'gobool';

const ratio = (a: Series, b: Series) => fold([a, b], () => (priceOfA, priceOfB) => priceOfA / priceOfB);

export default defineStrategy({
  name: 'pairs',
  data: { stock: 'stock.IBM.usa@1d', market: 'stock.SPY.usa@1d' },
  account: { allowShort: true, leverage: 2, fee: '1bps', slippage: '1bps' }, // while both sides turn round
  params: {
    days: int(60, { min: 5, max: 250 }),
    entry: float(2, { min: 0.5, max: 5 }), // standard deviations from the mean
  },
  indicators({ bars, params }) {
    const spread = ratio(bars.stock.close, bars.market.close);
    return { spread, mean: sma(spread, params.days), deviation: stddev(spread, params.days) };
  },
  onBar({ ind, orders, params, positions }) {
    const score = (ind.spread.value - ind.mean.value) / ind.deviation.value;
    const hold = (fraction: number) => {
      orders.stock.target(fraction);
      orders.market.target(-fraction);
    };
    if (score > params.entry) hold(-0.5);
    else if (score < -params.entry) hold(0.5);
    else if (positions.stock.quantity * score > 0) hold(0); // it came back, across the mean
  },
});
