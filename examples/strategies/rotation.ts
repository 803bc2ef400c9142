/**
 * Rotation: at the start of every month hold the two stocks, of five, that rose most in half a year. No rise, no stock.
 *
 * Shows: a portfolio. Feeds and indicators share their names, so one loop serves them all. Whatever the order of the
 *        calls, sales fill before purchases, so the money of the old stocks pays for the new ones.
 * Try:   gobool backtest examples/strategies/rotation.ts --set hold=3 --from 2010-01-01
 */
import { defineStrategy, int, roc } from 'gobool';

const STOCKS = ['aapl', 'ibm', 'bac', 'aig', 'goog'] as const;

export default defineStrategy({
  name: 'rotation',
  data: {
    aapl: 'stock.AAPL.usa@1d',
    ibm: 'stock.IBM.usa@1d',
    bac: 'stock.BAC.usa@1d',
    aig: 'stock.AIG.usa@1d',
    goog: 'stock.GOOG.usa@1d',
  },
  account: { fee: '1bps', slippage: '2bps' },
  params: {
    days: int(126, { min: 20, max: 250 }),
    hold: int(2, { min: 1, max: 4 }),
  },
  indicators: ({ bars, params }) => ({
    aapl: roc(bars.aapl.close, params.days),
    ibm: roc(bars.ibm.close, params.days),
    bac: roc(bars.bac.close, params.days),
    aig: roc(bars.aig.close, params.days),
    goog: roc(bars.goog.close, params.days),
  }),
  state: () => ({ month: -1 }),
  onBar({ ind, orders, params, state, time }) {
    const month = new Date(time).getUTCMonth();
    if (month === state.month) return;
    state.month = month;
    const share = 1 / params.hold;
    const ranked = STOCKS.toSorted((a, b) => ind[b].value - ind[a].value);
    ranked.forEach((stock, rank) => {
      const isChosen = rank < params.hold && ind[stock].value > 0;
      orders[stock].target(isChosen ? share : 0, { rebalance: true });
    });
  },
});
