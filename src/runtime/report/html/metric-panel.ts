/** Every metric with its definition, beside buying and holding. */
import { grouped } from '../../base/format.ts';
import type { RunSummary } from '../../metrics/summary.ts';
import { metricText } from '../format.ts';
import { metricLabel } from '../metric-label.ts';
import { type Html, html } from './markup.ts';
import { intervalText } from './number-tiles.ts';
import { panel } from './panel.ts';

export function metricPanel({ metrics, benchmark }: RunSummary): Html {
  const hasIntervals = Object.values(metrics).some(metric => metric.interval !== undefined);
  const rows = Object.entries(metrics).map(([name, metric]) => {
    const held = benchmark.metrics[name];
    return html`<tr><th scope="row">${metricLabel(name)}<small>${metric.definition}</small></th><td class="number strong">${metricText(metric)}</td>${
      hasIntervals && html`<td class="number">${intervalText(metric)}</td>`
    }<td class="number">${held && metricText(held)}</td><td class="number">${grouped(metric.n)}</td><td class="words">${metric.definition}</td></tr>\n`;
  });
  const table = html`<div class="scroll" tabindex="0" role="region" aria-label="All metrics"><table class="plain metrics">
<thead><tr><th scope="col">metric</th><th scope="col" class="number">strategy</th>${
    hasIntervals && html`<th scope="col" class="number">95% interval</th>`
  }<th scope="col" class="number">buy &amp; hold</th><th scope="col" class="number">samples</th><th scope="col">definition</th></tr></thead>
<tbody>${rows}</tbody></table></div>`;
  return panel({ id: 'metrics', title: 'All metrics' }, table);
}
