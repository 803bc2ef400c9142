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

/** Metrics that need trades and fills, which a benchmark has not. */
const TRADING_METRIC_NAMES = ['trades', 'winRate', 'profitFactor', 'expectancy', 'exposure', 'turnover'] as const;

export const METRIC_NAMES = [...CURVE_METRIC_NAMES, ...TRADING_METRIC_NAMES] as const;

export type CurveMetricName = (typeof CURVE_METRIC_NAMES)[number];
export type TradingMetricName = (typeof TRADING_METRIC_NAMES)[number];
