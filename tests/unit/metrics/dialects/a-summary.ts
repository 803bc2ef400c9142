/** A result by hand: samples of equity, of a benchmark, and trades of which only what they made matters. */
import { DEFAULT_RUN_OPTIONS } from '../../../../src/runtime/engine/run-options.ts';
import { summarize } from '../../../../src/runtime/metrics/summarize.ts';
import type { RunSummary } from '../../../../src/runtime/metrics/summary.ts';
import type { Trade } from '../../../../src/runtime/metrics/trades.ts';
import { DAY, datasetOf, recordOf, START } from '../records.ts';

export { DAY, START };
export const HOUR = DAY / 24;

interface Sketch {
  /** When the samples closed, epoch milliseconds. */
  readonly times: readonly number[];
  readonly equity: readonly number[];
  readonly benchmark: readonly number[];
  readonly trades?: readonly Partial<Trade>[];
}

export function aSummary({ times, equity, benchmark, trades = [] }: Sketch): RunSummary {
  const daily = { times: Float64Array.from(times), values: Float64Array.from(equity) };
  const record = recordOf(equity, { daily, startTime: times[0]!, endTime: times.at(-1)! });
  const summary = summarize(record, { feeds: [datasetOf(equity)], options: DEFAULT_RUN_OPTIONS });
  return {
    ...summary,
    trades: trades.map(trade => ({ open: false, ...trade }) as Trade),
    benchmark: { ...summary.benchmark, equity: Float64Array.from(benchmark) },
  };
}
