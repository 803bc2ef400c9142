/**
 * Trades on a price chart, in the colours of gain and loss. A ribbon at the bottom shows when there was one. Few of
 * them are drawn as what they were: a triangle at the entry that points the way of the trade, a ring at the exit, a
 * line between them. Many become dots.
 */
import type uPlot from 'uplot';
import type { TradeData } from '../runtime/report/html/page-data.ts';
import { outcomeOf } from './outcome.ts';
import { colour } from './theme.ts';

/** Height of the ribbon, pixels. */
const RIBBON = 5;
/** More than a screen has. */
const CELLS_HIGH = 100_000;
/** Pixels for each trade in sight; with less room they are dots. */
const ROOM_MIN = 13;

/** `trades`: indices of those of the chart's product. */
export function drawTrades(chart: uPlot, data: TradeData, trades: readonly number[]): void {
  const { min, max } = chart.scales.x!;
  const shown = trades.filter(trade => data.exitTimes[trade]! >= min! && data.entryTimes[trade]! <= max!);
  const { ctx, bbox } = chart;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  drawRibbon(chart, data, shown);
  if (bbox.width / devicePixelRatio < shown.length * ROOM_MIN) drawDots(chart, data, shown);
  else for (const trade of shown) drawTrade(chart, data, trade);
  ctx.restore();
}

/** Trades that end in one column of pixels are drawn once for all of them. */
function drawRibbon(chart: uPlot, data: TradeData, trades: readonly number[]): void {
  const { ctx, bbox } = chart;
  const height = RIBBON * devicePixelRatio;
  let drawnTo = -1;
  for (const trade of trades) {
    const from = Math.floor(chart.valToPos(data.entryTimes[trade]!, 'x', true));
    const to = Math.max(from + 1, Math.round(chart.valToPos(data.exitTimes[trade]!, 'x', true)));
    if (to <= drawnTo) continue;
    ctx.fillStyle = paintOf(data, trade);
    ctx.fillRect(from, bbox.top + bbox.height - height, to - from, height);
    drawnTo = to;
  }
}

/** A dot in each cell of as many pixels as a dot has, however many trades begin there. */
function drawDots(chart: uPlot, data: TradeData, trades: readonly number[]): void {
  const { ctx } = chart;
  const size = (trades.length < 1000 ? 3.5 : 2) * devicePixelRatio;
  const taken = new Set<number>();
  ctx.globalAlpha = Math.max(0.3, Math.min(0.85, 1000 / trades.length));
  for (const trade of trades) {
    const [x, y] = placeOf(chart, data.entryTimes[trade]!, data.entryPrice[trade] ?? 0);
    const cell = Math.floor(x / size) * CELLS_HIGH + Math.floor(y / size);
    if (taken.has(cell)) continue;
    taken.add(cell);
    ctx.fillStyle = paintOf(data, trade);
    ctx.fillRect(x - size / 2, y - size / 2, size, size);
  }
}

function drawTrade(chart: uPlot, data: TradeData, trade: number): void {
  const { ctx } = chart;
  const unit = devicePixelRatio;
  const paint = paintOf(data, trade);
  const [x, y] = placeOf(chart, data.entryTimes[trade]!, data.entryPrice[trade] ?? 0);
  const [endX, endY] = placeOf(chart, data.exitTimes[trade]!, data.exitPrice[trade] ?? 0);
  ctx.strokeStyle = paint;
  ctx.fillStyle = paint;
  ctx.lineWidth = 1.25 * unit;
  ctx.setLineDash([3 * unit, 3 * unit]);
  ctx.beginPath();
  ctx.moveTo(x, y);
  ctx.lineTo(endX, endY);
  ctx.stroke();
  ctx.setLineDash([]);
  const way = data.side[trade]!;
  ctx.beginPath();
  ctx.moveTo(x, y + way * 3 * unit);
  ctx.lineTo(x - 6 * unit, y + way * 14 * unit);
  ctx.lineTo(x + 6 * unit, y + way * 14 * unit);
  ctx.closePath();
  ctx.fill();
  ctx.strokeStyle = colour('surface');
  ctx.stroke();
  ctx.strokeStyle = paint;
  if (data.open[trade] === 1) return;
  ctx.beginPath();
  ctx.arc(endX, endY, 4 * unit, 0, 2 * Math.PI);
  ctx.fillStyle = colour('surface');
  ctx.fill();
  ctx.stroke();
}

function paintOf({ pnl }: TradeData, trade: number): string {
  const outcome = outcomeOf(pnl[trade]);
  return colour(outcome === 'even' ? 'muted' : outcome);
}

function placeOf(chart: uPlot, time: number, price: number): readonly [x: number, y: number] {
  return [chart.valToPos(time, 'x', true), chart.valToPos(price, 'y', true)];
}
