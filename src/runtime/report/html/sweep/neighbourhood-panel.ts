/** Whether the best set stands on a plateau or on a peak: what the sets around it came to. */
import { grouped, percent } from '../../../base/format.ts';
import type { Stability, Surroundings } from '../../../sweep/stability.ts';
import type { SweepRun } from '../../../sweep/sweep-result.ts';
import { metricText, UNDEFINED } from '../../format.ts';
import { metricLabel } from '../../metric-label.ts';
import { metricUnit } from '../../metric-unit.ts';
import type { SweepOutcome } from '../../sweep-outcome.ts';
import { KEPT_MIN } from '../../sweep-warnings.ts';
import { type Html, html } from '../markup.ts';
import { panel } from '../panel.ts';
import { numberCell, smallTable } from '../table.ts';

export function neighbourhoodPanel({ axes, objective }: SweepOutcome, stability: Stability): Html {
  const { best, plateau, typical, neighbours } = stability;
  const { metric } = objective;
  const text = (value: number | null) => metricText({ value, unit: metricUnit(metric) });
  const row = (name: string, run: SweepRun, { n, median, worst }: Surroundings) => html`<tr><th scope="row">${name}</th>
${axes.map(axis => numberCell(String(run.params[axis.name])))}
${numberCell(text(run.metrics[metric] ?? null), 'strong')}
${[text(median), text(worst), grouped(n)].map(each => numberCell(each))}</tr>
`;
  const numbers = [...axes.map(({ name }) => name), metricLabel(metric), 'median around', 'worst around', 'neighbours'];
  const heads = [{ title: 'set' }, ...numbers.map(title => ({ title, isNumber: true }))];
  const rows = [row('best', best.run, best.around), row('best neighbourhood', plateau.run, plateau.around)];
  const table = smallTable('Neighbourhoods', '', heads, rows);
  const words = html`<p class="verdict">${verdict(stability)} A typical set has ${text(typical)}.</p>`;
  const note = neighbours === 'steps' ? 'neighbours are one step away' : 'neighbours are the nearest sets drawn';
  return panel({ id: 'neighbourhood', title: 'Neighbourhood of the optimum', note }, [table, words]);
}

const PLATEAU = 0.75;

function verdict({ best, plateau }: Stability): string {
  const { kept } = best;
  if (best.around.n === 0) return 'The best set has no neighbours to compare it with.';
  if (kept === null) return 'The best set has no lead over a typical set.';
  const share = `its median neighbour keeps ${shareText(kept)} of its lead over a typical set`;
  const isSame = plateau.run.index === best.run.index;
  if (kept >= PLATEAU) return `The best set stands on a plateau: ${share}.`;
  if (kept >= KEPT_MIN) return `The best set stands on a slope: ${share}.`;
  const advice = isSame ? '' : '; the best neighbourhood is the safer choice';
  return `The best set is a lone peak: ${share}. Luck looks like this${advice}.`;
}

/** `83%`, or `-` where the best set has no neighbours. */
export function keptText(stability: Stability | null): string {
  const kept = stability?.best.kept ?? null;
  return kept === null ? UNDEFINED : shareText(kept);
}

/** Neighbours that are worse than a typical set keep nothing. */
function shareText(kept: number): string {
  return percent(Math.max(0, kept), 0);
}
