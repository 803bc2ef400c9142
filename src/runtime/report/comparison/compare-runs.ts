/** What differs between two runs: metrics, fills, trades, and what their profits differ by. `text.ts` shows it. */
import { FILL_WIDTH } from '../../engine/fill-log.ts';
import type { Metric, MetricTable } from '../../metrics/metric.ts';
import { METRIC_NAMES } from '../../metrics/metric-names.ts';
import type { RunSummary } from '../../metrics/summary.ts';
import { type FillDifference, firstDifferentFill } from './compare-fills.ts';
import { compareProfits, type ProfitDifference } from './compare-profits.ts';
import { compareTrades, type TradeComparison } from './compare-trades.ts';

/** A run as the store keeps it, as far as a comparison needs it. */
export interface ComparedRun {
  readonly runId: string;
  readonly resultHash: string;
  readonly summary: Pick<RunSummary, 'metrics' | 'trades' | 'startEquity' | 'finalEquity' | 'currency'>;
  /** Fill rows (`fill-log.ts`). */
  readonly fills: Float64Array;
  /** Product ids, by the index that fill rows use. */
  readonly products: readonly string[];
}

export interface MetricDifference {
  readonly name: string;
  readonly unit: Metric['unit'];
  readonly left: number | null;
  readonly right: number | null;
  /** `right - left`; null where either is undefined. */
  readonly change: number | null;
}

export interface RunComparison {
  readonly left: string;
  readonly right: string;
  /** Whether both have the same result hash. */
  readonly same: boolean;
  /** Only metrics that differ. */
  readonly metrics: readonly MetricDifference[];
  readonly fillCounts: { readonly left: number; readonly right: number };
  readonly firstDifferentFill: FillDifference | null;
  readonly trades: TradeComparison;
  /** Null where the runs are in different currencies. */
  readonly profit: ProfitDifference | null;
}

export function compareRuns(left: ComparedRun, right: ComparedRun): RunComparison {
  const trades = compareTrades(left.summary.trades, right.summary.trades);
  return {
    left: left.runId,
    right: right.runId,
    same: left.resultHash === right.resultHash,
    metrics: differentMetrics(left.summary.metrics, right.summary.metrics),
    fillCounts: { left: left.fills.length / FILL_WIDTH, right: right.fills.length / FILL_WIDTH },
    firstDifferentFill: firstDifferentFill(left, right),
    trades,
    profit: compareProfits(left.summary, right.summary, trades.differences),
  };
}

/** In the order of the report; metrics that only one of two versions knows come last. */
function differentMetrics(left: MetricTable, right: MetricTable): MetricDifference[] {
  const names = new Set<string>([...METRIC_NAMES, ...Object.keys(left), ...Object.keys(right)]);
  return [...names].flatMap(name => {
    const [from, to] = [left[name]?.value ?? null, right[name]?.value ?? null];
    if (from === to) return [];
    const { unit } = (left[name] ?? right[name])!;
    return [{ name, unit, left: from, right: to, change: from === null || to === null ? null : to - from }];
  });
}
