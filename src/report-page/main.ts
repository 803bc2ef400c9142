/** The script of a report: brings its plots and lists to life. It runs once, when the page has been read. */
import { DATA_ID, type PageData, type RunPageData } from '../runtime/report/html/page-data.ts';
import { timesOf } from './columns.ts';
import { drawEquity } from './equity-charts.ts';
import { drawHeatMap } from './heat-map.ts';
import { drawPrices } from './price-charts.ts';
import { listRuns } from './rank-table.ts';
import { addSpanButtons } from './span-buttons.ts';
import { watchTheme } from './theme.ts';
import { TimeWindow } from './time-window.ts';
import { listTrades } from './trade-table.ts';

/** Fewer bars than this are not worth a look. */
const BARS_MIN = 8;

function bringToLife(data: PageData): void {
  watchTheme();
  if (data.kind === 'run') showRun(data);
  else drawHeatMap(data, listRuns(data));
  requestAnimationFrame(() => setTimeout(markDrawn));
}

/** Milliseconds from opening the file to the first picture, for whoever measures that. */
function markDrawn(): void {
  document.documentElement.dataset.drawnMs = performance.now().toFixed(0);
}

function showRun(data: RunPageData): void {
  const time = timeOf(data);
  addSpanButtons(time);
  listTrades(data, time);
  drawEquity(data, time);
  drawPrices(data, time);
}

/** From the first decision on; of a strategy that never decided, the time of its prices. One bar is shown whole. */
function timeOf({ equity, prices }: RunPageData): TimeWindow {
  const columns = (equity ? [equity.times] : prices.map(({ times }) => times)).map(timesOf);
  const first = Math.min(...columns.map(times => times[0]!));
  const to = Math.max(...columns.map(times => times.at(-1)!));
  const from = first < to ? first : to - Math.max(...prices.map(({ barSeconds }) => barSeconds));
  const spacing = Math.min(...columns.map(times => (times.at(-1)! - times[0]!) / times.length));
  const bar = Math.min(spacing, ...prices.map(({ barSeconds, barsPerBucket }) => barSeconds * barsPerBucket));
  return new TimeWindow({ from, to }, BARS_MIN * bar);
}

bringToLife(JSON.parse(document.getElementById(DATA_ID)?.textContent ?? '{}'));
