/** Every metric with its definition, beside buying and holding. */
import { grouped } from '../../base/format.ts';
import type { RunSummary } from '../../metrics/summary.ts';
import { metricText } from '../format.ts';
import { metricLabel } from '../metric-label.ts';
import { samplePeriod } from '../sample-period.ts';
import { benchmarkName } from './benchmark-name.ts';
import { type Html, html } from './markup.ts';
import { intervalText } from './number-tiles.ts';
import { panel } from './panel.ts';
import { numberCell, smallTable } from './table.ts';

/** Definitions are the same for every run. */
const WEEKS = 'a day of a definition is a week here: no bar is shorter';

/** The definition stands in a column of its own, and on narrow screens, where that is hidden, under the name. */
export function metricPanel(summary: RunSummary): Html {
  const { metrics, benchmark } = summary;
  const hasIntervals = Object.values(metrics).some(metric => metric.interval !== undefined);
  const rows = Object.entries(metrics).map(([name, metric]) => {
    const held = benchmark.metrics[name];
    return html`<tr><th scope="row">${metricLabel(name)}<small>${metric.definition}</small></th>
${numberCell(metricText(metric), 'strong')}
${hasIntervals && numberCell(intervalText(metric))}
${numberCell(held && metricText(held))}${numberCell(grouped(metric.n))}<td class="words">${metric.definition}</td></tr>
`;
  });
  const heads = [
    { title: 'metric' },
    { title: 'strategy', isNumber: true },
    ...(hasIntervals ? [{ title: '95% interval', isNumber: true }] : []),
    { title: benchmarkName(benchmark), isNumber: true },
    { title: 'samples', isNumber: true },
    { title: 'definition' },
  ];
  const note = samplePeriod(summary).noun === 'day' ? undefined : WEEKS;
  return panel({ id: 'metrics', title: 'All metrics', note }, smallTable('All metrics', 'metrics', heads, rows));
}
