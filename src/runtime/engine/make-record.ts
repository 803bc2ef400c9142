/** The facts of a run, put together at its end. */
import { periodsPerYear, WEEKS_PER_YEAR } from '../market/calendar.ts';
import { MS_PER_DAY } from '../market/civil-date.ts';
import type { Product } from '../market/product.ts';
import type { Parts } from './assemble.ts';
import type { RunRecord } from './record.ts';
import type { NamedSeries } from './warm-up.ts';

/** `started`: the first step, or -1 if the strategy never ran. */
export function makeRecord(parts: Parts, state: RunRecord['state'], started: number, series: NamedSeries): RunRecord {
  const { timeline, curve, journal, ledger, markets } = parts;
  const steps = timeline.to;
  const { samples } = curve;
  closeBook(parts);
  curve.finish(steps);
  const products = markets.map(market => market.product);
  return {
    state,
    steps,
    bars: timeline.clocks.reduce((sum, clock) => sum + clock.index + 1, 0),
    chunks: curve.chunks,
    firstStep: started < 0 ? steps : started,
    startTime: samples.startTime,
    endTime: samples.endTime,
    startEquity: ledger.options.cash,
    finalEquity: samples.endEquity,
    finalCash: ledger.cash,
    orders: journal.orders.taken,
    fills: journal.fills.taken,
    cash: journal.cash.taken,
    fillCount: journal.fillCount,
    daily: samples.finish(steps),
    drawdown: curve.drawdown.result(),
    stepsInMarket: curve.stepsInMarket,
    periodsPerYear: periodsPerYearOf(products, timeline.clocks),
    products,
    positions: markets.map(({ quantity, averagePrice, lastPrice }) => ({ quantity, averagePrice, lastPrice })),
    ambiguousBars: parts.desk.ambiguousBars,
    farSides: journal.farSides,
    marginCalls: parts.margin.calls,
    undefinedIndicators: started < 0 ? series.filter(([, each]) => Number.isNaN(each.at(0))).map(([name]) => name) : [],
  };
}

/** Orders that are still open get their row. */
function closeBook({ book, journal, markets, timeline }: Parts): void {
  const time = timeline.now;
  for (const order of book.orders) {
    order.reason = 'run-ended';
    journal.order(order, time);
  }
  for (const market of markets) {
    if (!market.target.isPending) continue;
    journal.target(market, market.target, 'open', 'run-ended', 0, time);
  }
}

/**
 * Samples of equity a year. An account that holds anything traded every day is sampled every day; one that sees nothing
 * but weekly bars, once a week.
 */
function periodsPerYearOf(products: readonly Product[], clocks: Parts['timeline']['clocks']): number {
  if (clocks.every(({ bars }) => bars.durationMs > MS_PER_DAY)) return WEEKS_PER_YEAR;
  return Math.max(...products.map(product => periodsPerYear(product.calendar)));
}
