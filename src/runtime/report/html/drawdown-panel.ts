/** The worst drawdowns, with their dates. */
import { grouped, percent } from '../../base/format.ts';
import { MS_PER_DAY } from '../../market/civil-date.ts';
import type { RunSummary } from '../../metrics/summary.ts';
import { closeDateText } from '../format.ts';
import { deepestFalls } from './drawdown-list.ts';
import { type Html, html } from './markup.ts';
import { panel } from './panel.ts';

const FALLS = 6;

export function drawdownPanel({ daily, endTime }: RunSummary): Html | undefined {
  const falls = deepestFalls(daily.times, daily.values, FALLS);
  if (falls.length === 0) return undefined;
  const rows = falls.map(({ peakTime, troughTime, recoveryTime, depth }) => {
    const days = Math.round(((recoveryTime ?? endTime) - peakTime) / MS_PER_DAY);
    const end = recoveryTime === null ? 'not recovered' : closeDateText(recoveryTime);
    return html`<tr><td class="number loss strong">-${percent(depth)}</td><td>${closeDateText(peakTime)}</td><td>${closeDateText(troughTime)}</td><td>${end}</td><td class="number">${grouped(days)}</td></tr>\n`;
  });
  const table = html`<div class="scroll" tabindex="0" role="region" aria-label="Worst drawdowns"><table class="plain tight">
<thead><tr><th scope="col" class="number">depth</th><th scope="col">peak</th><th scope="col">trough</th><th scope="col">recovery</th><th scope="col" class="number">days</th></tr></thead>
<tbody>${rows}</tbody></table></div>`;
  return panel({ id: 'drawdowns', title: 'Worst drawdowns', note: 'at the ends of sessions' }, table);
}
