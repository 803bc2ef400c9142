/** What a run came to: the last thing that a bundle emits, and what every report shows. */
import type { CashFlows } from './cash-flows.ts';
import type { MetricTable } from './metric.ts';
import type { Trade } from './trades.ts';

export interface PositionAtEnd {
  readonly product: string;
  readonly quantity: number;
  readonly averagePrice: number;
  readonly lastPrice: number;
}

/** One thing a person should read before believing the numbers. */
export interface RunWarning {
  readonly code: string;
  readonly message: string;
}

/** Buying and holding all products in equal parts, or another dataset, over the same time with the same costs. */
export interface Benchmark {
  readonly label: string;
  /** Where it is not the run's own products. */
  readonly dataset?: { readonly name: string; readonly hash: string };
  readonly metrics: MetricTable;
  /** Equity at the times of `RunSummary.daily`. */
  readonly equity: Float64Array;
}

export interface RunSummary {
  /** `wiped-out`: equity fell to zero or below, which ended the run. */
  readonly state: 'completed' | 'wiped-out';
  readonly steps: number;
  /** Bars of all feeds together. */
  readonly bars: number;
  /** First step on which every indicator is defined; metrics start there. Equal to `steps` if that never happened. */
  readonly firstStep: number;
  /** Close times of the first step with onBar and of the last step, epoch milliseconds. */
  readonly startTime: number;
  readonly endTime: number;
  readonly startEquity: number;
  readonly finalEquity: number;
  readonly finalCash: number;
  readonly currency: string;
  readonly fees: number;
  /** What slippage, half spreads and the rounding to ticks cost. */
  readonly slippage: number;
  readonly orders: number;
  readonly fills: number;
  readonly chunks: number;
  /** Equity at the first step, then at the end of each session: `times[i]`, epoch milliseconds, and `values[i]`. */
  readonly daily: { readonly times: Float64Array; readonly values: Float64Array };
  readonly trades: readonly Trade[];
  readonly positions: readonly PositionAtEnd[];
  readonly metrics: MetricTable;
  /** How `metrics` and those of the benchmark were computed (`dialects/dialect.ts`); absent: natively. */
  readonly dialect?: string;
  readonly benchmark: Benchmark;
  readonly warnings: readonly RunWarning[];
  /** Rejected orders by reason. */
  readonly rejections: Readonly<Record<string, number>>;
  /** Cash that was booked without a fill: interest, borrow, funding, dividends; absent where there was none. */
  readonly cashFlows?: CashFlows;
  /** Absent where there was none. */
  readonly marginCalls?: number;
}
