/** The worst drawdowns, with their dates. */
import { grouped, percent } from '../../base/format.ts';
import { MS_PER_DAY } from '../../market/civil-date.ts';
import type { RunSummary } from '../../metrics/summary.ts';
import { closeDateText } from '../format.ts';
import { deepestFalls } from './drawdown-list.ts';
import { type Html, html } from './markup.ts';
import { panel } from './panel.ts';
import { type Head, numberCell, smallTable } from './table.ts';

const FALLS = 6;
const HEADS: readonly Head[] = [
  { title: 'depth', isNumber: true },
  { title: 'peak' },
  { title: 'trough' },
  { title: 'recovery' },
  { title: 'days', isNumber: true },
];

export function drawdownPanel({ daily, endTime }: RunSummary): Html | undefined {
  const falls = deepestFalls(daily.times, daily.values, FALLS);
  if (falls.length === 0) return undefined;
  const rows = falls.map(({ peakTime, troughTime, recoveryTime, depth }) => {
    const days = Math.round(((recoveryTime ?? endTime) - peakTime) / MS_PER_DAY);
    const end = recoveryTime === null ? 'not recovered' : closeDateText(recoveryTime);
    return html`<tr>${numberCell(percent(-depth, depth < 0.001 ? 2 : 1), 'loss strong')}
<td>${closeDateText(peakTime)}</td><td>${closeDateText(troughTime)}</td><td>${end}</td>
${numberCell(grouped(days))}</tr>
`;
  });
  const table = smallTable('Worst drawdowns', 'tight', HEADS, rows);
  return panel({ id: 'drawdowns', title: 'Worst drawdowns', note: 'at the ends of sessions' }, table);
}
