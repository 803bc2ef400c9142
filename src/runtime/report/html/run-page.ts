/** The report of one run, as one HTML file. Pure: everything that it shows is an argument. */
import { counted, money } from '../../base/format.ts';
import type { CashFlows } from '../../metrics/cash-flows.ts';
import type { RunSummary } from '../../metrics/summary.ts';
import type { ReportContext } from '../context.ts';
import { SAMPLE_SOURCE } from '../feed-text.ts';
import { closeDateText, dateText, momentText } from '../format.ts';
import { CASH_LABELS } from '../notes.ts';
import { distributionPanel } from './distribution-panel.ts';
import { drawdownPanel } from './drawdown-panel.ts';
import { equityData, rollingData } from './equity-data.ts';
import { factList, feedText, optionFacts, paramChips } from './facts.ts';
import { longList } from './long-list.ts';
import { type Content, type Html, html } from './markup.ts';
import { metricPanel } from './metric-panel.ts';
import { monthlyPanel } from './monthly-table.ts';
import { numberTiles } from './number-tiles.ts';
import { type PageAssets, pageText } from './page.ts';
import type { RunPageData } from './page-data.ts';
import { apology, panel } from './panel.ts';
import { type ChartFeed, priceData } from './price-data.ts';
import { tradeData } from './trade-data.ts';
import { warningList } from './warning-list.ts';

/** What a report shows beside the result itself. */
export interface RunPageContext extends ReportContext {
  /** Wall clock at the end of the run, epoch milliseconds. */
  readonly createdMs: number;
  readonly bundleHash: string;
  readonly prices: 'adjusted' | 'raw';
  /** Bars and indicators, loaded and computed again; empty where that could not be. */
  readonly charts: readonly ChartFeed[];
  /** Why the charts are not, or not quite, those of the run; one sentence each. */
  readonly chartNotes: readonly string[];
  /** The gobool that makes the report. */
  readonly version: string;
}

/** Ends with a line break. */
export function renderRunHtml(summary: RunSummary, context: RunPageContext, assets: PageAssets): string {
  const data = dataOf(summary, context);
  const panels: readonly (readonly [id: string, name: string, content: Html | undefined])[] = [
    ['equity', 'Equity', equityPanel(data)],
    ['price', 'Trades on price', pricePanel(data, context)],
    ['months', 'Months', monthlyPanel(summary)],
    ['distribution', 'Distribution', distributionPanel(summary)],
    ['drawdowns', 'Drawdowns', drawdownPanel(summary)],
    ['trades', 'Trades', tradePanel(summary)],
    ['metrics', 'Metrics', metricPanel(summary)],
    ['provenance', 'Provenance', provenancePanel(context)],
  ];
  const shown = panels.filter(([, , content]) => content !== undefined);
  return pageText(
    {
      title: `${context.strategy} · ${context.runId} · gobool`,
      contents: shown.map(([id, name]) => [id, name]),
      head: pageHead(summary, context),
      body: shown.map(([, , content]) => content),
      data,
      version: context.version,
    },
    assets,
  );
}

function dataOf(summary: RunSummary, { equity, charts }: RunPageContext): RunPageData {
  const shown = equityData(summary, equity);
  const rolling = rollingData(summary);
  return {
    kind: 'run',
    ...(shown && { equity: shown }),
    ...(rolling && { rolling }),
    prices: priceData(charts),
    trades: tradeData(summary.trades),
  };
}

function pageHead(summary: RunSummary, context: RunPageContext): Html {
  const { strategy, file, params, datasets, resultHash } = context;
  return html`<p class="kind">Backtest${summary.state === 'wiped-out' && html` · <b class="loss">wiped out</b>`}</p>
<h1>${strategy}</h1>
<p class="over">${datasets.map((range, index) => html`${index > 0 && html`<br>`}${feedText(range)}`)}</p>
${paramChips(params)}
<p class="hash"><span>${costsText(summary, context)}</span>
${asides(summary).map(text => html`<span>${text}</span>`)}
<span>${file}</span>
<span>hash <code title="${resultHash}">${resultHash.slice(0, 16)}</code></span></p>
${warningList(summary.warnings)}
${numberTiles(summary)}`;
}

/** What changes how the numbers are to be read. */
function asides({ dialect, cashFlows = {}, metrics }: RunSummary): readonly string[] {
  const flows = Object.entries(cashFlows).map(([kind, amount]) => {
    return `${CASH_LABELS[kind as keyof CashFlows]} ${money(amount)}`;
  });
  const trials = metrics.deflatedSharpe?.detail?.trials;
  return [
    ...(dialect === undefined ? [] : [`metrics as ${dialect} computes them`]),
    ...flows,
    ...(typeof trials === 'number' ? [`${counted(trials, 'trial')} so far`] : []),
  ];
}

function costsText({ fees, slippage, fills }: RunSummary, { options }: RunPageContext): Content {
  const isFree = options.fee.kind === 'none' && options.slippage.kind === 'none' && slippage === 0;
  if (isFree) return html`<strong class="alarm">no costs</strong>`;
  return `costs: fees ${money(fees)}, slippage ${money(slippage)} on ${counted(fills, 'fill')}`;
}

function equityPanel({ equity, rolling }: RunPageData): Html | undefined {
  if (equity === undefined) return undefined;
  const tools = html`<span class="buttons" id="spans" role="group" aria-label="Show the last"></span>
<label><input type="checkbox" id="held" checked> benchmark</label>
<label><input type="checkbox" id="log"> log</label>`;
  const charts = html`<div class="chart tall" id="equity-chart"></div>
<div class="chart low" id="drawdown-chart"></div>${
    rolling !== undefined && html`<div class="chart low" id="rolling-chart"></div>`
  }`;
  return panel({ id: 'equity', title: 'Equity', tools }, charts);
}

function pricePanel({ prices, trades }: RunPageData, { chartNotes }: RunPageContext): Html | undefined {
  if (prices.length === 0 && chartNotes.length === 0) return undefined;
  const notes = chartNotes.map(apology);
  if (prices.length === 0) return panel({ id: 'price', title: 'Trades on price' }, notes);
  const tools =
    prices.length > 1 &&
    html`<label>feed <select id="feed">${prices.map(({ feed, dataset }) => {
      return html`<option>${feed === dataset ? feed : `${feed}: ${dataset}`}</option>`;
    })}</select></label>`;
  const note = noteOf(prices, trades);
  const content = html`${notes}<div class="toggles" id="series" role="group" aria-label="Series"></div>
<div id="price-charts"></div>`;
  return panel({ id: 'price', title: 'Trades on price', note, tools }, content);
}

/** What the marks mean, or why single bars cannot be seen. */
function noteOf(prices: RunPageData['prices'], trades: RunPageData['trades']): string | undefined {
  const perBucket = Math.max(...prices.map(({ barsPerBucket }) => barsPerBucket));
  if (perBucket > 1) return `a low and a high stand for ${counted(perBucket, 'bar')}: there are too many to show each`;
  return trades.entryTimes.length > 0 ? 'entries point the way of the trade, lines join entry and exit' : undefined;
}

function tradePanel({ trades }: RunSummary): Html | undefined {
  if (trades.length === 0) return undefined;
  const { tools, content } = longList('trade', 'Trades', 'long, win, 2008 …');
  return panel({ id: 'trades', title: 'Trades', tools }, content);
}

function provenancePanel(context: RunPageContext): Html {
  const { datasets, options, runId, runKey, resultHash, bundleHash, createdMs, prices, file } = context;
  const code = (text: string) => html`<code>${text}</code>`;
  const facts = factList([
    ['run', code(runId)],
    ['made', `${momentText(Math.floor(createdMs / 1000) * 1000)} UTC`],
    ['strategy file', file],
    ...optionFacts(options),
    ['prices', prices],
  ]);
  const hashes = factList(
    [
      ['result hash', code(resultHash)],
      ['run key', code(runKey)],
      ['bundle', code(bundleHash)],
      ...datasets.map(({ dataset, hash, bars, from, to, sample }) => {
        const range = `${counted(bars, 'bar')}, ${dateText(from)} to ${closeDateText(to)}`;
        return [dataset, html`${code(hash)}<br>${range}${sample && html`<br>${SAMPLE_SOURCE}`}`] as const;
      }),
    ],
    'hashes',
  );
  return panel(
    { id: 'provenance', title: 'Provenance', note: 'the same inputs give the same hash, on every machine' },
    [facts, hashes],
  );
}
