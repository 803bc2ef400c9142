/** Small plots of how the objective goes with each parameter: plain markup, so they need no script. */
import { metricText } from '../../format.ts';
import { metricLabel } from '../../metric-label.ts';
import { metricUnit } from '../../metric-unit.ts';
import type { SweepOutcome } from '../../sweep-outcome.ts';
import { type Html, html } from '../markup.ts';
import { panel } from '../panel.ts';
import { axisProfile, type ProfilePoint } from './axis-profile.ts';

export function profilePanel(outcome: SweepOutcome): Html | undefined {
  const profiles = outcome.axes
    .map(axis => ({ name: axis.name, points: axisProfile(outcome, axis) }))
    .filter(({ points }) => points.length > 1);
  if (profiles.length === 0) return undefined;
  const every = profiles.flatMap(({ points }) => points);
  const low = Math.min(...every.flatMap(point => [point.low, point.best]));
  const high = Math.max(...every.flatMap(point => [point.low, point.high, point.best]));
  const label = metricLabel(outcome.objective.metric);
  const text = (value: number) => metricText({ value, unit: metricUnit(outcome.objective.metric) });
  const plots = profiles.map(({ name, points }) => plot(name, points, { low, high, label, text }));
  const title = `${label} along each parameter`;
  const note = 'line: median of all sets with the value; band: the middle half; dots: the best';
  return panel({ id: 'profiles', title, note }, html`<div class="profiles">${plots}</div>`);
}

interface Scale {
  readonly low: number;
  readonly high: number;
  readonly label: string;
  readonly text: (value: number) => string;
}

function plot(name: string, points: readonly ProfilePoint[], { low, high, label, text }: Scale): Html {
  const x = (index: number) => ((100 * index) / (points.length - 1)).toFixed(2);
  const y = (value: number) => (high === low ? 50 : (100 * (high - value)) / (high - low)).toFixed(2);
  const line = (pick: (point: ProfilePoint) => number) => points.map((point, i) => `${x(i)},${y(pick(point))}`);
  const band = [...line(point => point.high), ...line(point => point.low).reverse()].join(' ');
  const median = line(point => point.median).join(' ');
  const ends = `from ${text(points[0]!.median)} at ${String(points[0]!.value)} to ${text(points.at(-1)!.median)}`;
  return html`<figure><figcaption>${name}</figcaption>
<div class="profile" role="img" aria-label="Median ${label} by ${name}: ${ends} at ${String(points.at(-1)!.value)}">
<div class="scale"><span>${text(high)}</span><span>${text(low)}</span></div>
<div class="plot"><svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
<polygon points="${band}"/><polyline points="${median}"/></svg>${points.map(
    ({ value, best, median: middle, n }, index) => {
      const title = `${name} ${String(value)}: best ${text(best)}, median ${text(middle)} of ${n}`;
      return html`<i style="left:${x(index)}%;top:${y(best)}%" title="${title}"></i>`;
    },
  )}</div>
<div class="ticks">${ticks(points, x)}</div></div></figure>
`;
}

/** Up to five values, the first and the last among them. */
function ticks(points: readonly ProfilePoint[], x: (index: number) => string): readonly Html[] {
  const last = points.length - 1;
  const count = Math.min(5, points.length);
  const places = Array.from({ length: count }, (_, index) => Math.round((index * last) / (count - 1)));
  const shown = [...new Set(places)];
  const room = (100 / shown.length).toFixed(2);
  return shown.map(place => {
    const text = String(points[place]!.value);
    return html`<span style="left:${x(place)}%;--room:${room}%" title="${text}">${text}</span>`;
  });
}
