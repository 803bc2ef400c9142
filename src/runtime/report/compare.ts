/** What differs between two runs: their metrics, and the first fill at which they part. `compare-text.ts` shows it. */
import { FILL, FILL_WIDTH } from '../engine/fill-log.ts';
import type { Metric, MetricTable } from '../metrics/metric.ts';
import { METRIC_NAMES } from '../metrics/metric-names.ts';

/** A run as the store keeps it, as far as a comparison needs it. */
export interface ComparedRun {
  readonly runId: string;
  readonly resultHash: string;
  readonly metrics: MetricTable;
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

export interface ComparedFill {
  readonly time: number;
  readonly product: string;
  readonly quantity: number;
  readonly price: number;
  readonly fee: number;
}

export interface FillDifference {
  /** How many fills both runs have in common before it. */
  readonly index: number;
  /** Null: this run has no more fills. */
  readonly left: ComparedFill | null;
  readonly right: ComparedFill | null;
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
}

export function compareRuns(left: ComparedRun, right: ComparedRun): RunComparison {
  return {
    left: left.runId,
    right: right.runId,
    same: left.resultHash === right.resultHash,
    metrics: differentMetrics(left.metrics, right.metrics),
    fillCounts: { left: left.fills.length / FILL_WIDTH, right: right.fills.length / FILL_WIDTH },
    firstDifferentFill: firstDifferentFill(left, right),
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

function firstDifferentFill(left: ComparedRun, right: ComparedRun): FillDifference | null {
  const count = Math.max(left.fills.length, right.fills.length) / FILL_WIDTH;
  for (let index = 0; index < count; index++) {
    const [from, to] = [fillAt(left, index), fillAt(right, index)];
    if (from === null || to === null || !isSameFill(from, to)) return { index, left: from, right: to };
  }
  return null;
}

function fillAt({ fills, products }: ComparedRun, index: number): ComparedFill | null {
  const at = index * FILL_WIDTH;
  if (at >= fills.length) return null;
  return {
    time: fills[at + FILL.time]!,
    product: products[fills[at + FILL.product]!]!,
    quantity: fills[at + FILL.quantity]!,
    price: fills[at + FILL.price]!,
    fee: fills[at + FILL.fee]!,
  };
}

function isSameFill(left: ComparedFill, right: ComparedFill): boolean {
  return (
    left.time === right.time &&
    left.product === right.product &&
    left.quantity === right.quantity &&
    left.price === right.price &&
    left.fee === right.fee
  );
}
