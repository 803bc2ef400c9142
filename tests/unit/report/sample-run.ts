/** A run to render: a random walk of 3,020 days, held for 40 days of every 60, the same every time. */
import { DrawdownTracker } from '../../../src/runtime/engine/drawdown.ts';
import { ORDER_WIDTH } from '../../../src/runtime/engine/order-log.ts';
import { DEFAULT_RUN_OPTIONS, type RunOptions } from '../../../src/runtime/engine/run-options.ts';
import { weighedAgainstTrials } from '../../../src/runtime/metrics/likely-luck.ts';
import { summarizeWithIntervals } from '../../../src/runtime/metrics/summarize.ts';
import type { RunSummary } from '../../../src/runtime/metrics/summary.ts';
import type { ReportContext } from '../../../src/runtime/report/context.ts';
import { DAY, datasetOf, type FillSketch, fillRows, recordOf, START } from '../metrics/records.ts';

const BARS = 3020;
const TRIALS = { trials: 46, trialVariance: 0.01 };
const WITH_COSTS: RunOptions = {
  ...DEFAULT_RUN_OPTIONS,
  fee: { kind: 'per-share', perShare: 0.005, min: 1 },
  slippage: { kind: 'rate', rate: 0.0002 },
};

export interface SampleRun {
  readonly summary: RunSummary;
  readonly context: ReportContext;
}

export function sampleRun({ costs = true } = {}): SampleRun {
  const options = costs ? WITH_COSTS : DEFAULT_RUN_OPTIONS;
  const prices = randomWalk(BARS);
  const { equity, fills, held, stepsInMarket } = trade(prices, costs);
  const times = Float64Array.from(equity, (_, step) => START + DAY * (step + 1));
  const drawdown = new DrawdownTracker();
  drawdown.track(Float64Array.from(equity), 0, BARS, step => times[step]!);
  const record = recordOf(equity, {
    fills: [fillRows(fills)],
    orders: [new Float64Array(fills.length * ORDER_WIDTH)],
    stepsInMarket,
    drawdown: drawdown.result(),
    ambiguousBars: 3,
    positions: [{ quantity: held, averagePrice: prices.at(-2)!, lastPrice: prices.at(-1)! }],
  });
  return {
    summary: weighedAgainstTrials(summarizeWithIntervals(record, { feeds: [datasetOf(prices)], options }), TRIALS),
    context: {
      strategy: 'sma-cross',
      file: 'sma-cross.ts',
      params: { fast: 10, slow: 30 },
      datasets: [
        { feed: 'main', dataset: 'stock.SPY.usa@1d', hash: 'ab', bars: BARS, from: START, to: START + BARS * DAY },
      ],
      options,
      runId: 'r-7f3a91',
      runKey: '0a'.repeat(32),
      resultHash: '9f3c'.repeat(16),
      elapsedMs: 41.2,
      equity: { times, values: Float64Array.from(equity) },
    },
  };
}

function randomWalk(length: number): number[] {
  let seed = 12345;
  const random = (): number => {
    seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff;
    return seed / 0x7fffffff;
  };
  const prices = [100];
  while (prices.length < length) {
    const change = (random() + random() + random() - 1.5) * 0.022 + 0.0002;
    prices.push(prices.at(-1)! * (1 + change));
  }
  return prices;
}

function trade(prices: readonly number[], costs: boolean) {
  const fills: FillSketch[] = [];
  const equity: number[] = [];
  let [cash, held, stepsInMarket] = [100_000, 0, 0];
  prices.forEach((close, step) => {
    const price = prices[step - 1] ?? close;
    const quantity = step % 60 === 5 ? Math.floor(cash / price) - 10 : step % 60 === 45 ? -held : 0;
    if (quantity !== 0) {
      const fee = costs ? Math.max(1, Math.abs(quantity) * 0.005) : 0;
      cash -= quantity * price + fee;
      held += quantity;
      const slippage = costs ? Math.abs(quantity) * price * 0.0002 : 0;
      fills.push({ quantity, price, fee, slippage, step, flags: costs && step % 7 === 0 ? 2 : 0 });
    }
    if (held !== 0) stepsInMarket++;
    equity.push(cash + held * close);
  });
  return { equity, fills, held, stepsInMarket };
}
