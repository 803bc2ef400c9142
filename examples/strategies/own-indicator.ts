/**
 * Losing streaks: buy SPY after three lower closes in a row, sell after two higher ones.
 *
 * Shows: an indicator of your own. `fold` turns a function of one bar into a series. It cannot look ahead, and what it
 *        remembers lives in its closure, anew for every run.
 * Try:   gobool backtest examples/strategies/own-indicator.ts --set down=5
 */
import { defineStrategy, fold, int, type Series } from 'gobool';

/** How many closes in a row were higher than the one before (positive), or lower (negative). */
const streak = (source: Series) =>
  fold([source], () => {
    let last = Number.NaN;
    let length = 0;
    return value => {
      if (value > last) length = Math.max(length, 0) + 1;
      else if (value < last) length = Math.min(length, 0) - 1;
      else length = 0;
      last = value;
      return length;
    };
  });

export default defineStrategy({
  name: 'own-indicator',
  data: 'stock.SPY.usa@1d',
  account: { fee: '1bps', slippage: '1bps' },
  params: {
    down: int(3, { min: 1, max: 10 }),
    up: int(2, { min: 1, max: 10 }),
  },
  indicators: ({ close }) => ({ streak: streak(close) }),
  onBar({ ind, order, params }) {
    if (ind.streak.value <= -params.down) order.target(1);
    else if (ind.streak.value >= params.up) order.target(0);
  },
});
