/**
 * Pairs: when the price of one bank in terms of an insurer strays from its mean, sell the dear one short, buy the other.
 *
 * Shows: two products in one account, an indicator over both of them (`fold`), and a short side, which needs an account
 *        that allows it. The legs are worth the same, so the market as a whole hardly matters; the pair drifting apart does.
 * Try:   gobool backtest examples/strategies/pairs.ts --set entry=1.5 --from 2010-01-01
 */
import { defineStrategy, float, fold, int, type Series, sma, stddev } from 'gobool';

const ratio = (a: Series, b: Series) => fold([a, b], () => (priceOfA, priceOfB) => priceOfA / priceOfB);

export default defineStrategy({
  name: 'pairs',
  data: { bac: 'stock.BAC.usa@1d', aig: 'stock.AIG.usa@1d' },
  account: { allowShort: true, leverage: 2, fee: '1bps', slippage: '2bps' },
  params: {
    days: int(60, { min: 5, max: 250 }),
    entry: float(2, { min: 0.5, max: 5 }), // standard deviations from the mean
  },
  indicators({ bars, params }) {
    const spread = ratio(bars.bac.close, bars.aig.close);
    return { spread, mean: sma(spread, params.days), deviation: stddev(spread, params.days) };
  },
  onBar({ ind, orders, params, positions }) {
    const score = (ind.spread.value - ind.mean.value) / ind.deviation.value;
    const hold = (fraction: number) => {
      orders.bac.target(fraction);
      orders.aig.target(-fraction);
    };
    if (score > params.entry) hold(-0.5);
    else if (score < -params.entry) hold(0.5);
    else if (positions.bac.value * score > 0) hold(0); // it came back across the mean
  },
});
