/** Every metric with its definition, beside buying and holding. */
import { grouped } from '../../base/format.ts';
import type { RunSummary } from '../../metrics/summary.ts';
import { metricText } from '../format.ts';
import { metricLabel } from '../metric-label.ts';
import { benchmarkName } from './benchmark-name.ts';
import { type Html, html } from './markup.ts';
import { intervalText } from './number-tiles.ts';
import { panel } from './panel.ts';
import { numberCell, smallTable } from './table.ts';

/** The definition stands in a column of its own, and on narrow screens, where that is hidden, under the name. */
export function metricPanel({ metrics, benchmark }: RunSummary): Html {
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
  return panel({ id: 'metrics', title: 'All metrics' }, smallTable('All metrics', 'metrics', heads, rows));
}
