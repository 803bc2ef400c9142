/** Bars as candles, where they are far enough apart to be seen as such. */
import type uPlot from 'uplot';
import type { Column } from '../runtime/report/html/page-data.ts';
import { colour } from './theme.ts';

/** One entry per bar. */
export interface Candles {
  readonly open: Column;
  readonly high: Column;
  readonly low: Column;
  readonly close: Column;
  /** Seconds from open to close. */
  readonly barSeconds: number;
}

/** Pixels from one bar to the next. */
const GAP_MIN = 4;

/** Whether the bars in sight have room to be candles. */
export function hasRoom(chart: uPlot): boolean {
  const [from, to] = chart.series[0]!.idxs ?? [0, 0];
  return chart.bbox.width / devicePixelRatio / Math.max(1, to - from) >= GAP_MIN;
}

/** A candle stands in the middle between its bar's open and its close. */
export function drawCandles(chart: uPlot, { open, high, low, close, barSeconds }: Candles): void {
  const { ctx, bbox } = chart;
  const [from, to] = chart.series[0]!.idxs ?? [0, 0];
  const gap = bbox.width / Math.max(1, to - from + 1);
  const width = Math.max(1, Math.min(0.7 * gap, 14 * devicePixelRatio));
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  for (let i = from; i <= to; i++) {
    const x = chart.valToPos(chart.data[0][i]! - barSeconds / 2, 'x', true);
    const [yOpen, yHigh, yLow, yClose] = [open, high, low, close].map(prices => chart.valToPos(prices[i]!, 'y', true));
    ctx.fillStyle = colour(close[i]! >= open[i]! ? 'gain' : 'loss');
    ctx.fillRect(x - devicePixelRatio / 2, yHigh!, devicePixelRatio, yLow! - yHigh!);
    ctx.fillRect(x - width / 2, Math.min(yOpen!, yClose!), width, Math.max(1, Math.abs(yOpen! - yClose!)));
  }
  ctx.restore();
}
