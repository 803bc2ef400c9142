/** Equity against its benchmark, the drawdowns below, and what moved along: three charts on one stretch of time. */
import { grouped, money, percent } from '../runtime/base/format.ts';
import type { EquityData, RollingData, RunPageData } from '../runtime/report/html/page-data.ts';
import { type Chart, type ChartOptions, makeChart } from './chart.ts';
import { timesOf } from './columns.ts';
import { found } from './dom.ts';
import { closeText } from './time-text.ts';
import type { TimeWindow } from './time-window.ts';

export function drawEquity({ equity, rolling }: RunPageData, time: TimeWindow): void {
  if (equity === undefined) return;
  const times = timesOf(equity.times);
  const length = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / times.length;
  const common = { time, times, timeText: (at: number) => closeText(at, length) };
  drawCurve(equity, common);
  drawDrawdown(equity, common);
  if (rolling !== undefined) drawRolling(rolling, time);
}

type Common = Pick<ChartOptions, 'time' | 'times' | 'timeText'>;

function drawCurve({ equity, benchmark, benchmarkLabel, currency }: EquityData, common: Common): void {
  const root = found('equity-chart');
  if (root === undefined) return;
  const draw = (kind: 'number' | 'log'): Chart =>
    makeChart({
      ...common,
      root,
      kind,
      label: `Equity in ${currency}`,
      lines: [
        { label: 'equity', values: equity, colour: 'accent', width: 1.75, text: money },
        { label: benchmarkLabel, values: benchmark, colour: 'held', width: 1.25, text: money },
      ],
    });
  let chart = draw('number');
  const [log, held] = [found<HTMLInputElement>('log'), found<HTMLInputElement>('held')];
  if (log === undefined || held === undefined) return;
  const showHeld = () => chart.show(1, held.checked);
  log.disabled = ![...equity, ...benchmark].every(value => value !== null && value > 0);
  log.addEventListener('change', () => {
    chart.destroy();
    chart = draw(log.checked ? 'log' : 'number');
    showHeld();
  });
  held.addEventListener('change', showHeld);
}

function drawDrawdown({ drawdown, benchmarkDrawdown, benchmarkLabel }: EquityData, common: Common): void {
  const root = found('drawdown-chart');
  if (root === undefined) return;
  const text = (value: number) => percent(value);
  makeChart({
    ...common,
    root,
    kind: 'ratio',
    keeps: [0],
    label: 'Drawdown from the highest equity so far',
    lines: [
      { label: 'drawdown', values: drawdown, colour: 'loss', area: 'loss-area', width: 1.25, text },
      { label: benchmarkLabel, values: benchmarkDrawdown, colour: 'held', width: 1, text },
    ],
  });
}

function drawRolling({ times, sharpe }: RollingData, time: TimeWindow): void {
  const root = found('rolling-chart');
  if (root === undefined) return;
  makeChart({
    root,
    time,
    times: timesOf(times),
    timeText: at => closeText(at, 86_400),
    kind: 'number',
    keeps: [],
    label: 'Sharpe ratio of the past year',
    lines: [{ label: 'Sharpe, past year', values: sharpe, colour: 'series-2', text: value => grouped(value, 2) }],
  });
}
