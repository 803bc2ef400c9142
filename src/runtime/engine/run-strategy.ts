/**
 * Runs one strategy over its data: a pass over the steps in blocks. Per block: indicators, then the strategy, then
 * equity. Everything later in the run depends only on what came before, so cutting the data cannot change the past.
 */
import { GoboolError } from '../base/error.ts';
import { periodsPerYear } from '../market/calendar.ts';
import type { Product } from '../market/product.ts';
import { setAmbientClock } from '../sdk/ambient/date.ts';
import { seedAmbient } from '../sdk/ambient/math.ts';
import type { Definition, Indicators, Strategy } from '../sdk/define-strategy.ts';
import { Signal } from '../sdk/signals.ts';
import { assemble, type Parts } from './assemble.ts';
import { BarDriver } from './bar-driver.ts';
import { BlockRunner } from './block-runner.ts';
import { LiveContext, makeFeeds, makeSetup, paramsOf } from './context.ts';
import type { Driver } from './driver.ts';
import type { RunRecord } from './record.ts';
import type { RunHooks, RunInput } from './run-io.ts';
import { SignalDriver, type SignalPair } from './signal-driver.ts';
import { type Shown, strategyError } from './strategy-error.ts';
import { type NamedSeries, namedSeries } from './warm-up.ts';

export function runStrategy(strategy: Strategy, input: RunInput, hooks: RunHooks): RunRecord {
  const { definition } = strategy;
  const parts = assemble(definition, input, hooks);
  const shown: { -readonly [K in keyof Shown]: Shown[K] } = { params: paramsOf(definition, input.params), ind: {} };
  seedAmbient(input.options.seed);
  setAmbientClock(() => parts.timeline.now);
  try {
    const { driver, ind } = declare(definition, parts, shown.params, hooks.progress);
    shown.ind = ind;
    return runBlocks(parts, driver, namedSeries(ind), hooks);
  } catch (error) {
    throw strategyError(error, parts.timeline, shown);
  }
}

/** Lets the strategy declare its indicators, state and signals, and chooses the driver of its form. */
function declare(
  definition: Definition,
  parts: Parts,
  params: Shown['params'],
  progress: Int32Array,
): { driver: Driver; ind: Indicators } {
  const feeds = makeFeeds(parts);
  const setup = makeSetup(parts, feeds, params);
  const ind = definition.indicators === undefined ? {} : definition.indicators(setup as never);
  namedSeries(ind);
  const signals = definition.signals && checkedPair(definition.signals({ ...setup, ind } as never));
  parts.graph.seal();
  const state = definition.state?.({ params: params as never });
  const context = new LiveContext(parts, feeds, { params, ind, state });
  if (signals === undefined) return { driver: new BarDriver(parts, context, definition, progress), ind };
  const { order } = context;
  if (parts.timeline.isSingle) return { driver: new SignalDriver(parts, order, signals, progress), ind };
  const followSignals = () => {
    if (signals.enter.now()) order.target(1);
    else if (signals.exit.now()) order.target(0);
  };
  return { driver: new BarDriver(parts, context, definition, progress, followSignals), ind };
}

function checkedPair(pair: SignalPair | undefined): SignalPair {
  if (pair?.enter instanceof Signal && pair.exit instanceof Signal) return pair;
  throw new GoboolError(
    'GB_STRATEGY_SHAPE',
    'defineStrategy: `signals` must return `enter` and `exit`, made with `sig`.',
  );
}

function runBlocks(parts: Parts, driver: Driver, series: NamedSeries, hooks: RunHooks): RunRecord {
  const run = new BlockRunner(parts, driver, series, hooks.progress);
  while (run.state === 'completed' && parts.timeline.advance()) {
    run.block();
    if (hooks.shouldStop()) throw new GoboolError('GB_RUN_CANCELLED', 'The run was cancelled.');
  }
  if (run.firstStep >= 0) {
    parts.timeline.enterLast();
    driver.finish();
  }
  return finishRun(parts, run.state, run.firstStep, series);
}

function finishRun(parts: Parts, state: RunRecord['state'], started: number, series: NamedSeries): RunRecord {
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
    daily: samples.finish(steps),
    drawdown: curve.drawdown.result(),
    stepsInMarket: curve.stepsInMarket,
    periodsPerYear: periodsPerYearOf(products),
    products,
    positions: markets.map(({ quantity, averagePrice, lastPrice }) => ({ quantity, averagePrice, lastPrice })),
    ambiguousBars: parts.desk.ambiguousBars,
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

/** An account that holds anything traded every day is sampled every day. */
function periodsPerYearOf(products: readonly Product[]): number {
  return Math.max(...products.map(product => periodsPerYear(product.calendar)));
}
