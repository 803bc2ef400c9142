/** The numbers of a run in two blocks: its curve beside the benchmark's, and its trading. */
import { money, signed } from '../base/format.ts';
import type { Metric, MetricTable } from '../metrics/metric.ts';
import type { CurveMetricName } from '../metrics/metric-names.ts';
import type { RunSummary } from '../metrics/summary.ts';
import { metricText, UNDEFINED } from './format.ts';
import { type Paint, type TextStyle, usedWidth } from './style.ts';

const CURVE_LABELS: Readonly<Record<CurveMetricName, string>> = {
  totalReturn: 'total return',
  cagr: 'CAGR',
  volatility: 'volatility',
  sharpe: 'Sharpe',
  sortino: 'Sortino',
  maxDrawdown: 'max drawdown',
  calmar: 'Calmar',
};
const SIGNED: readonly string[] = ['totalReturn', 'cagr'];

const LABEL_WIDTH = 15;
const VALUE_WIDTH = 12;
const INDENT = '  ';

export function numberTable(summary: RunSummary, style: TextStyle): string[] {
  const left = curveBlock(summary, style);
  const right = tradingBlock(summary, style);
  const gap = ' '.repeat(usedWidth(style) >= 100 ? 8 : 3);
  return left.map((line, index) => INDENT + line + (index === 0 ? '' : gap + right[index - 1]));
}

function curveBlock({ metrics, benchmark }: RunSummary, style: TextStyle): string[] {
  const heading = `${' '.repeat(LABEL_WIDTH)}${'strategy'.padStart(VALUE_WIDTH)}${'buy & hold'.padStart(VALUE_WIDTH)}`;
  const rows = Object.entries(CURVE_LABELS).map(([name, label]) => {
    const paint = name === 'totalReturn' ? gainPaint(metrics[name], style) : style.bold;
    const own = paint(valueText(name, metrics).padStart(VALUE_WIDTH));
    return style.dim(label.padEnd(LABEL_WIDTH)) + own + valueText(name, benchmark.metrics).padStart(VALUE_WIDTH);
  });
  return [style.dim(heading), ...rows];
}

function tradingBlock(summary: RunSummary, style: TextStyle): string[] {
  const { metrics, trades, finalEquity, currency } = summary;
  const text = (name: string): string => valueText(name, metrics);
  const open = trades.filter(trade => trade.open).length;
  const rows: readonly (readonly [string, string])[] = [
    ['final equity', `${money(finalEquity)} ${currency}`],
    ['trades', open === 0 ? text('trades') : `${text('trades')} + ${open} open`],
    ['win rate', text('winRate')],
    ['profit factor', text('profitFactor')],
    ['expectancy', withUnit(text('expectancy'), 'a trade')],
    ['exposure', withUnit(text('exposure'), 'of bars')],
    ['turnover', withUnit(text('turnover'), 'a year')],
  ];
  return rows.map(([label, value]) => style.dim(label.padEnd(LABEL_WIDTH)) + style.bold(value));
}

function valueText(name: string, metrics: MetricTable): string {
  const metric = metrics[name];
  if (metric === undefined) return UNDEFINED;
  return SIGNED.includes(name) ? signed(metricText(metric)) : metricText(metric);
}

function withUnit(text: string, unit: string): string {
  return text === UNDEFINED ? text : `${text} ${unit}`;
}

function gainPaint(metric: Metric | undefined, style: TextStyle): Paint {
  const value = metric?.value ?? 0;
  if (value === 0) return style.bold;
  return text => style.bold(value > 0 ? style.green(text) : style.red(text));
}
