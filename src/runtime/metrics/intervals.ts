/**
 * 95 % intervals of the metrics of a curve: where they lie in all but the lowest and the highest fortieth of
 * histories that the same days could have made (`bootstrap.ts`), each metric by its own formula.
 * Limitations: the drawdown of these histories is measured on daily samples, that of the run on every bar; and days
 * that never happened, such as a crash, are in none of them.
 */
import { type History, resampleHistories } from './bootstrap.ts';
import { annualGrowth } from './cagr.ts';
import { type EquityCurve, yearsOf } from './curve.ts';
import type { Interval, MetricTable } from './metric.ts';
import type { CurveMetricName } from './metric-names.ts';
import { sharpe } from './sharpe.ts';
import { sortino } from './sortino.ts';
import { volatility } from './volatility.ts';

/** So many that a backtest pays a few milliseconds for ten years of days; one less than 400, to end at whole ranks. */
const HISTORIES = 399;
const LEVEL = 0.95;
/** The ends of an interval: the 10th value from below and from above. */
const TAIL = 10;
/** Fewer returns make histories too alike for an interval to be believed. */
const RETURNS_MIN = 30;

type Formula = (history: History, curve: EquityCurve) => number | null;

const FORMULAS: Readonly<Partial<Record<CurveMetricName, Formula>>> = {
  cagr: ({ growth }, curve) => annualGrowth(growth, yearsOf(curve)),
  volatility: (history, { periodsPerYear }) => volatility(history, periodsPerYear).value,
  sharpe: (history, { periodsPerYear }) => sharpe(history, periodsPerYear).value,
  sortino: (history, { periodsPerYear }) => sortino(history, periodsPerYear).value,
  maxDrawdown: ({ depth }) => depth,
};

/** The metrics with the intervals of those of the curve; as they are where equity was not always positive. */
export function withIntervals(metrics: MetricTable, curve: EquityCurve): MetricTable {
  const { daily } = curve;
  if (daily.length <= RETURNS_MIN || !daily.every(equity => equity > 0)) return metrics;
  const histories = resampleHistories(daily, HISTORIES);
  const intervals = Object.entries(FORMULAS).flatMap(([name, formula]) => {
    const metric = metrics[name];
    const interval = intervalOf(Float64Array.from(histories, history => formula(history, curve) ?? Number.NaN));
    return metric?.value == null || interval === undefined ? [] : [[name, { ...metric, interval }]];
  });
  return { ...metrics, ...Object.fromEntries(intervals) };
}

/** Histories without a value come last; none where they are so many that the upper end is one of them. */
function intervalOf(values: Float64Array): Interval | undefined {
  values.sort();
  const [low, high] = [values[TAIL - 1]!, values[values.length - TAIL]!];
  return Number.isNaN(high) ? undefined : { low, high, level: LEVEL };
}
