/** A backtest that runs: equity, its task, its last trades; as much of each as there is room for. */
import { brief, money, percent, signed } from '../../../runtime/base/format.ts';
import type { Curve } from '../../../runtime/report/curve.ts';
import { momentText } from '../../../runtime/report/format.ts';
import { plotSeries } from '../../../runtime/report/plot.ts';
import { barText, type Cell, rowOf } from './columns.ts';
import { doneShare, equityTexts, shareText, tradesText } from './run-text.ts';
import type { TailScene } from './tail-scene.ts';
import { taskList } from './task-list.ts';
import type { SeenTrade } from './trade-fold.ts';

const BAR_COLUMNS = 16;
/** From this width on there is room for a bar beside the numbers. */
const WIDE_COLUMNS = 100;
/** A plot with fewer lines says nothing; the line of its dates is one of them. */
const PLOT_ROWS_MIN = 5;
const PLOT_ROWS_MAX = 14;
const TRADES_WANTED = 7;

export function backtestBody(scene: TailScene, room: number): readonly string[] {
  const { snapshot, paint } = scene;
  const hasAir = room >= 12;
  const air = hasAir ? [''] : [];
  const share = doneShare(snapshot);
  const known = equityTexts(snapshot);
  const numbers = known.length > 0 ? [...known, tradesText(snapshot)] : ['no result yet'];
  const bar = scene.columns < WIDE_COLUMNS ? '' : `${barText(share, BAR_COLUMNS)} `;
  const head = [`${bar}${shareText(share).padStart(5)}  ${numbers.join(paint('dim', '  ·  '))}`];
  const tasks = taskList(scene, hasAir ? 3 : 1);
  const left = room - head.length - tasks.length - 3 * air.length;
  const plotRows = Math.min(PLOT_ROWS_MAX, Math.max(PLOT_ROWS_MIN, left - TRADES_WANTED));
  const plot = left >= PLOT_ROWS_MIN && snapshot.equity ? equityPlot(snapshot.equity.curve, scene, plotRows) : [];
  const trades = tradeList(scene, left - plot.length);
  return [...head, ...air, ...plot, ...(plot.length > 0 ? air : []), ...tasks, ...air, ...trades];
}

/** The plot of a curve is the same in every frame until there is more of it. */
const plots = new WeakMap<Curve, { readonly size: string; readonly lines: readonly string[] }>();

function equityPlot(curve: Curve, { columns, paint }: TailScene, rows: number): readonly string[] {
  const size = `${columns}x${rows}`;
  const known = plots.get(curve);
  if (known?.size === size) return known.lines;
  const dim = (text: string) => paint('dim', text);
  const main = (text: string) => paint('cyan', text);
  const lines = plotSeries(curve, { width: Math.max(30, columns - 1), rows: rows - 1, main, other: dim, axis: dim });
  plots.set(curve, { size, lines });
  return lines;
}

function tradeList({ snapshot, paint }: TailScene, room: number): readonly string[] {
  const { trades, subject } = snapshot;
  if (trades.length === 0 || room <= 0) return [];
  const hasTitles = room > 2;
  const shown = trades.slice(0, room - Number(hasTitles)).map(trade => ({
    texts: tradeTexts(trade, subject.products?.[trade.product] ?? `product ${trade.product}`),
    style: styleOf(trade),
  }));
  const widths = TITLES.map((title, at) => Math.max(title.length, ...shown.map(({ texts }) => texts[at]?.length ?? 0)));
  const lines = shown.map(({ texts, style }) => tradeRow(texts, widths, style && (text => paint(style, text))));
  return [...(hasTitles ? [paint('dim', tradeRow(TITLES, widths))] : []), ...lines];
}

/** One that ended at the price where it began is neither gain nor loss. */
function styleOf({ change }: SeenTrade): 'red' | 'green' | undefined {
  return change === 0 ? undefined : change < 0 ? 'red' : 'green';
}

const TITLES = ['last trades', 'side', 'change', 'quantity', 'entry', '', 'exit', ''] as const;
/** Column of the change, which is painted; those behind it are numbers, too. */
const CHANGE = 2;

function tradeTexts(trade: SeenTrade, product: string): readonly string[] {
  const { side, quantity, entryTime, entryPrice, exitTime, exitPrice, change } = trade;
  return [
    product,
    side,
    signed(percent(change, 2)),
    brief(quantity, 6),
    momentText(entryTime),
    money(entryPrice),
    momentText(exitTime),
    money(exitPrice),
  ];
}

function tradeRow(texts: readonly string[], widths: readonly number[], paint?: Cell['paint']): string {
  const cells = texts.map((text, at): Cell => {
    const cell = { text, width: widths[at] ?? 0, ...(at === CHANGE && paint && { paint }) };
    return at < CHANGE ? cell : { ...cell, align: 'right' };
  });
  return rowOf(cells);
}
