/** Bars as candles, where they are far enough apart to be seen as such. */
import type uPlot from 'uplot';
import type { PriceData } from '../runtime/report/html/page-data.ts';
import { colour } from './theme.ts';

/** Pixels from one bar to the next. */
const GAP_MIN = 4;

/** Whether the bars in sight have room to be candles. */
export function hasRoom(chart: uPlot, { candles }: PriceData): boolean {
  const [from, to] = chart.series[0]!.idxs ?? [0, 0];
  return candles !== undefined && chart.bbox.width / devicePixelRatio / Math.max(1, to - from) >= GAP_MIN;
}

export function drawCandles(chart: uPlot, { candles, close }: PriceData): void {
  if (candles === undefined) return;
  const { ctx, bbox } = chart;
  const [from, to] = chart.series[0]!.idxs ?? [0, 0];
  const gap = bbox.width / Math.max(1, to - from + 1);
  const width = Math.max(1, Math.min(0.7 * gap, 14 * devicePixelRatio));
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  for (let i = from; i <= to; i++) {
    const [open, high, low, last] = [candles.open[i]!, candles.high[i]!, candles.low[i]!, close[i]!];
    const x = chart.valToPos(chart.data[0][i]!, 'x', true);
    const [yOpen, yHigh, yLow, yClose] = [open, high, low, last].map(price => chart.valToPos(price, 'y', true));
    ctx.fillStyle = colour(last >= open ? 'gain' : 'loss');
    ctx.fillRect(x - devicePixelRatio / 2, yHigh!, devicePixelRatio, yLow! - yHigh!);
    ctx.fillRect(x - width / 2, Math.min(yOpen!, yClose!), width, Math.max(1, Math.abs(yOpen! - yClose!)));
  }
  ctx.restore();
}
