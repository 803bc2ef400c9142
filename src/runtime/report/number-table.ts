/** The numbers of a run: its curve beside the benchmark's, and its trading to the right of that, or below. */
import { money, signed } from '../base/format.ts';
import type { Metric, MetricTable } from '../metrics/metric.ts';
import type { CurveMetricName } from '../metrics/metric-names.ts';
import type { RunSummary } from '../metrics/summary.ts';
import { metricText, UNDEFINED } from './format.ts';
import { samplePeriod } from './sample-period.ts';
import { type Paint, type TextStyle, usedWidth } from './style.ts';

const CURVE_LABELS: Readonly<Record<CurveMetricName | 'valueAtRisk' | 'conditionalValueAtRisk', string>> = {
  totalReturn: 'total return',
  cagr: 'CAGR',
  volatility: 'volatility',
  sharpe: 'Sharpe',
  sortino: 'Sortino',
  maxDrawdown: 'max drawdown',
  calmar: 'Calmar',
  valueAtRisk: 'VaR 95%',
  conditionalValueAtRisk: 'CVaR 95%',
};
const SIGNED: readonly string[] = ['totalReturn', 'cagr'];

const LABEL_WIDTH = 15;
const VALUE_WIDTH = 12;
const INTERVAL_WIDTH = 20;
const INDENT = '  ';
/** Both blocks side by side, with intervals, need so many columns. */
const WIDE = 100;

export function numberTable(summary: RunSummary, style: TextStyle): string[] {
  const hasIntervals = Object.values(summary.metrics).some(({ interval }) => interval !== undefined);
  const curve = curveBlock(summary, hasIntervals, style).map(line => INDENT + line);
  const trading = tradingRows(summary);
  const width = usedWidth(style);
  if (hasIntervals && width < WIDE) return [...curve, '', ...inTwoColumns(trading, style)];
  const gap = ' '.repeat(width < WIDE || (hasIntervals && width < WIDE + 10) ? 3 : 8);
  return curve.map((line, index) => line + (index === 0 ? '' : gap + tradingCell(trading[index - 1]!, style)));
}

function curveBlock(summary: RunSummary, hasIntervals: boolean, style: TextStyle): string[] {
  const { metrics, benchmark } = summary;
  const period = samplePeriod(summary).adjective;
  const rows = Object.entries(CURVE_LABELS).map(([name, label]) => ({
    label: name === 'valueAtRisk' ? `${period} ${label}` : label,
    own: valueText(name, metrics),
    interval: intervalText(name, metrics),
    held: valueText(name, benchmark.metrics),
    paint: name === 'totalReturn' ? gainPaint(metrics[name], style) : style.bold,
  }));
  const ownWidth = widthOf(rows, 'own', VALUE_WIDTH);
  const heldWidth = widthOf(rows, 'held', VALUE_WIDTH);
  const intervalWidth = hasIntervals ? widthOf(rows, 'interval', INTERVAL_WIDTH) : 0;
  const titles = [
    'strategy'.padStart(ownWidth),
    hasIntervals ? '95% interval'.padStart(intervalWidth) : '',
    'buy & hold'.padStart(heldWidth),
  ];
  const lines = rows.map(({ label, own, interval, held, paint }) => {
    const beside = interval.padStart(intervalWidth) + held.padStart(heldWidth);
    return style.dim(label.padEnd(LABEL_WIDTH)) + paint(own.padStart(ownWidth)) + beside;
  });
  return [style.dim(' '.repeat(LABEL_WIDTH) + titles.join('')), ...lines];
}

/** Of a column: wider than usual where a value would touch the one before it. */
function widthOf<Name extends string>(
  rows: readonly Readonly<Record<Name, string>>[],
  name: Name,
  usual: number,
): number {
  return Math.max(usual, ...rows.map(row => row[name].length + 1));
}

/** Label and value. */
type TradingRow = readonly [string, string];

/** The first half beside the second. */
function inTwoColumns(rows: readonly TradingRow[], style: TextStyle): string[] {
  const height = Math.ceil(rows.length / 2);
  const left = rows.slice(0, height);
  const valueWidth = Math.max(...left.map(([, value]) => value.length));
  return left.map(([label, value], index) => {
    const beside = rows[height + index];
    const cell = INDENT + tradingCell([label, beside === undefined ? value : value.padEnd(valueWidth)], style);
    return beside === undefined ? cell : `${cell}   ${tradingCell(beside, style)}`;
  });
}

function tradingCell([label, value]: TradingRow, style: TextStyle): string {
  return style.dim(label.padEnd(LABEL_WIDTH)) + style.bold(value);
}

function tradingRows(summary: RunSummary): readonly TradingRow[] {
  const { metrics, trades, finalEquity, currency } = summary;
  const text = (name: string): string => valueText(name, metrics);
  const open = trades.filter(trade => trade.open).length;
  return [
    ['final equity', `${money(finalEquity)} ${currency}`],
    ['trades', open === 0 ? text('trades') : `${text('trades')} + ${open} open`],
    ['win rate', text('winRate')],
    ['profit factor', text('profitFactor')],
    [
      'expectancy',
      metrics.expectancy?.unit === 'number' ? text('expectancy') : withUnit(text('expectancy'), 'a trade'),
    ],
    ['SQN', text('sqn')],
    ['MAE, MFE', text('mae') === UNDEFINED ? UNDEFINED : `${text('mae')}, ${text('mfe')}`],
    ['exposure', withUnit(text('exposure'), 'of bars')],
    ['turnover', withUnit(text('turnover'), 'a year')],
  ];
}

function valueText(name: string, metrics: MetricTable): string {
  const metric = metrics[name];
  if (metric === undefined) return UNDEFINED;
  return SIGNED.includes(name) ? signed(metricText(metric)) : metricText(metric);
}

function intervalText(name: string, metrics: MetricTable): string {
  const { interval, unit = 'number' } = metrics[name] ?? {};
  if (interval === undefined) return '';
  const [low, high] = [interval.low, interval.high].map(value => metricText({ value, unit }));
  return SIGNED.includes(name) ? `${signed(low!)} to ${signed(high!)}` : `${low} to ${high}`;
}

function withUnit(text: string, unit: string): string {
  return text === UNDEFINED ? text : `${text} ${unit}`;
}

function gainPaint(metric: Metric | undefined, style: TextStyle): Paint {
  const value = metric?.value ?? 0;
  if (value === 0) return style.bold;
  return text => style.bold(value > 0 ? style.green(text) : style.red(text));
}
