/** The numbers that matter, large: each with its 95% interval where it has one, and what buying and holding gave. */
import { money, signed } from '../../base/format.ts';
import type { Metric, MetricTable } from '../../metrics/metric.ts';
import type { RunSummary } from '../../metrics/summary.ts';
import { metricText, UNDEFINED } from '../format.ts';
import { metricLabel } from '../metric-label.ts';
import { benchmarkName } from './benchmark-name.ts';
import { type Html, html } from './markup.ts';
import { tile } from './tile.ts';

const CURVE_TILES = ['totalReturn', 'cagr', 'sharpe', 'sortino', 'maxDrawdown', 'volatility', 'calmar'] as const;
const TRADING_TILES = ['trades', 'winRate', 'profitFactor', 'exposure'] as const;
const SIGNED: readonly string[] = ['totalReturn', 'cagr'];

export function numberTiles(summary: RunSummary): Html {
  const { metrics, benchmark, finalEquity, startEquity, currency } = summary;
  const held = (name: string) => `${benchmarkName(benchmark)} ${valueText(name, benchmark.metrics)}`;
  return html`<dl class="tiles">
${tile('final equity', money(finalEquity), `${currency}, from ${money(startEquity)}`)}
${CURVE_TILES.map(name => metricTile(name, metrics, held(name)))}
${TRADING_TILES.map(name => metricTile(name, metrics, tradingNote(name, summary)))}
</dl>`;
}

/** `0.12 to 0.94`; undefined for a metric without an interval. */
export function intervalText({ interval, unit }: Metric): string | undefined {
  if (interval === undefined) return undefined;
  return `${metricText({ value: interval.low, unit })} to ${metricText({ value: interval.high, unit })}`;
}

function metricTile(name: string, metrics: MetricTable, note: string | undefined): Html | undefined {
  const metric = metrics[name];
  if (metric === undefined) return undefined;
  const gain = SIGNED.includes(name) ? metric.value : 0;
  return tile(metricLabel(name), valueText(name, metrics), note, { interval: intervalText(metric), gain });
}

function tradingNote(name: (typeof TRADING_TILES)[number], { metrics, trades }: RunSummary): string | undefined {
  const open = trades.filter(trade => trade.open).length;
  switch (name) {
    case 'trades':
      return open > 0 ? `and ${open} open` : undefined;
    case 'winRate':
      return metrics.expectancy && `expectancy ${metricText(metrics.expectancy)}`;
    case 'profitFactor':
      return metrics.turnover && `turnover ${metricText(metrics.turnover)} a year`;
    case 'exposure':
      return 'of bars';
  }
}

function valueText(name: string, metrics: MetricTable): string {
  const metric = metrics[name];
  if (metric === undefined) return UNDEFINED;
  return SIGNED.includes(name) ? signed(metricText(metric)) : metricText(metric);
}
