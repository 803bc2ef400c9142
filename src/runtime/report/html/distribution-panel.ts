/** The distribution of returns between samples of equity: bars in plain markup, so that they print without a script. */
import { counted, grouped, percent, signed } from '../../base/format.ts';
import type { RunSummary } from '../../metrics/summary.ts';
import { type Tick, valueTicks } from '../axis.ts';
import { type SamplePeriod, samplePeriod } from '../sample-period.ts';
import { factList } from './facts.ts';
import { type Histogram, histogramOf } from './histogram.ts';
import { type Html, html } from './markup.ts';
import { panel } from './panel.ts';

/** Per cent of the plot's width that the words of the marker take: with less to its left, they stand to its right. */
const LABEL_SHARE = 20;

export function distributionPanel(summary: RunSummary): Html | undefined {
  const histogram = histogramOf(summary.daily.values);
  if (histogram === null) return undefined;
  const period = samplePeriod(summary);
  const still = histogram.still === 0 ? '' : `, ${grouped(histogram.still)} more did not move`;
  const note = `${counted(histogram.n, period.noun)} against a normal distribution${still}`;
  const title = period.noun === 'day' ? 'Daily returns' : 'Weekly returns';
  return panel({ id: 'distribution', title, note }, [chart(histogram, period), facts(histogram, period)]);
}

function chart(histogram: Histogram, { adjective }: SamplePeriod): Html {
  const { bins } = histogram;
  const top = Math.max(...bins.map(({ count, normal }) => Math.max(count, normal)));
  const low = bins[0]!.from;
  const high = bins.at(-1)!.to;
  const place = (value: number) => ((value - low) / (high - low)) * 100;
  const points = bins.map(
    ({ from, to, normal }) => `${place((from + to) / 2).toFixed(2)},${(100 - (normal / top) * 100).toFixed(2)}`,
  );
  const ticks = valueTicks(low * 100, high * 100, 6);
  const label = `Histogram of ${adjective} returns from ${percent(low)} to ${percent(high)}`;
  return html`<div class="histogram" role="img" aria-label="${label}">
<div class="plot">${bins.map(({ from, to, count }) => {
    const kind = to <= 0 ? 'loss' : from >= 0 ? 'gain' : 'zero';
    const title = `${percent(from, 2)} to ${percent(to, 2)}: ${grouped(count)}`;
    return html`<i class="${kind}" style="--height:${((count / top) * 100).toFixed(2)}%" title="${title}"></i>`;
  })}<svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true"><polyline points="${points.join(' ')}"/>
</svg>${marker(histogram, place)}</div>
<div class="ticks">${ticks.map(mark => tick(mark, place(mark.value / 100)))}</div></div>`;
}

/** `label`: per cent. */
function tick({ label }: Tick, place: number): Html | undefined {
  if (place < 3 || place > 97) return undefined;
  return html`<span style="left:${place.toFixed(2)}%">${signed(label)}%</span>`;
}

/** None where the value lies beyond the bins, as that of days without a position does where no day lost. */
function marker({ fifthPercentile }: Histogram, place: (value: number) => number): Html | undefined {
  const at = fifthPercentile === null ? Number.NaN : place(fifthPercentile);
  if (!(at >= 0 && at <= 100)) return undefined;
  const kind = at < LABEL_SHARE ? 'risk right' : 'risk';
  return html`<b class="${kind}" style="left:${at.toFixed(2)}%"><span>VaR 95%</span></b>`;
}

function facts({ fifthPercentile, mean, deviation, beyond }: Histogram, { noun }: SamplePeriod): Html {
  return factList([
    ['mean', signed(percent(mean, 3))],
    ['deviation', percent(deviation, 2)],
    [`one ${noun} in 20 fell below`, fifthPercentile === null ? '-' : percent(fifthPercentile, 2)],
    ['beyond 4 deviations', counted(beyond, noun)],
  ]);
}
