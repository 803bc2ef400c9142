/** Metrics of any equity curve, in the order in which they are shown. Names are JSON keys, and words of `--fail-if`. */
export const CURVE_METRIC_NAMES = [
  'totalReturn',
  'cagr',
  'volatility',
  'sharpe',
  'sortino',
  'maxDrawdown',
  'calmar',
] as const;

/** Metrics of a run's daily returns: how bad a day can be, and how they go with the benchmark's. */
const DAILY_METRIC_NAMES = ['valueAtRisk', 'conditionalValueAtRisk', 'beta', 'alpha', 'informationRatio'] as const;

/** How sure one may be of the Sharpe ratio. */
const CONFIDENCE_METRIC_NAMES = ['probabilisticSharpe', 'deflatedSharpe'] as const;

/** Metrics that need trades and fills, which a benchmark has not. */
const TRADING_METRIC_NAMES = [
  'trades',
  'winRate',
  'profitFactor',
  'expectancy',
  'sqn',
  'mae',
  'mfe',
  'exposure',
  'turnover',
] as const;

export const METRIC_NAMES = [
  ...CURVE_METRIC_NAMES,
  ...CONFIDENCE_METRIC_NAMES,
  ...DAILY_METRIC_NAMES,
  ...TRADING_METRIC_NAMES,
] as const;

export type CurveMetricName = (typeof CURVE_METRIC_NAMES)[number];
export type ConfidenceMetricName = (typeof CONFIDENCE_METRIC_NAMES)[number];
export type DailyMetricName = (typeof DAILY_METRIC_NAMES)[number];
export type TradingMetricName = (typeof TRADING_METRIC_NAMES)[number];
