/** Returns by month and year, as a table whose cells are coloured by how much was won or lost. */
import { grouped, percent, signed } from '../../base/format.ts';
import type { RunSummary } from '../../metrics/summary.ts';
import { type Html, html } from './markup.ts';
import { panel } from './panel.ts';
import { periodReturns, type YearOfReturns } from './period-returns.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
/** A month of this return or beyond has the full colour. */
const FULL_MONTH = 0.12;
const FULL_YEAR = 0.4;

export function monthlyPanel({ daily, benchmark }: RunSummary): Html | undefined {
  const years = periodReturns(daily.times, daily.values);
  if (years.length === 0) return undefined;
  const held = periodReturns(daily.times, benchmark.equity);
  const rows = years.map((year, index) => yearRow(year, held[index]?.total ?? null)).reverse();
  const head = MONTHS.map(month => html`<th scope="col">${month}</th>`);
  const table = html`<div class="scroll" tabindex="0" role="region" aria-label="Monthly returns">
<table class="months"><caption class="hidden">Returns by month and year, in per cent</caption>
<thead><tr><th scope="col">Year</th>${head}
<th scope="col" class="total">Year</th>
<th scope="col" title="${benchmark.label}">${benchmark.dataset ? 'Bench.' : 'B&H'}</th></tr></thead>
<tbody>${rows}</tbody></table></div>`;
  return panel({ id: 'months', title: 'Monthly returns', note: bestAndWorst(years) }, table);
}

function yearRow({ year, months, total }: YearOfReturns, held: number | null): Html {
  return html`<tr><th scope="row">${String(year)}</th>${months.map(value => cell(value, FULL_MONTH))}
${cell(total, FULL_YEAR, 'total')}<td class="held">${held === null ? '' : shown(held)}</td></tr>
`;
}

/** The colour's strength is a style variable from 0 to 1; the sheet turns it into a colour of the theme. */
function cell(value: number | null, full: number, kind = ''): Html {
  if (value === null) return html`<td class="none ${kind}"></td>`;
  const strength = Math.min(1, Math.abs(value) / full).toFixed(2);
  const colour = /[1-9]/.test(shown(value)) ? (value < 0 ? 'loss' : 'gain') : '';
  return html`<td class="heat ${colour} ${kind}" style="--strength:${strength}">${shown(value)}</td>`;
}

/** Per cent without its sign, to fit thirteen columns. */
function shown(ratio: number): string {
  const points = ratio * 100;
  return grouped(points, Math.abs(points) < 99.95 ? 1 : 0);
}

function bestAndWorst(years: readonly YearOfReturns[]): string {
  const months = years.flatMap(year => year.months).filter(value => value !== null);
  const won = months.filter(value => value > 0).length;
  const of = (value: number) => signed(percent(value));
  const extremes = `best ${of(Math.max(...months))}, worst ${of(Math.min(...months))}`;
  return `per cent; ${won} of ${months.length} months positive; ${extremes}`;
}
