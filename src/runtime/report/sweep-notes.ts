/** What is around the best set of a sweep, in sentences. */
import { counted, percent } from '../base/format.ts';
import type { Surroundings } from '../sweep/stability.ts';
import type { SweepRun } from '../sweep/sweep-result.ts';
import { metricText, UNDEFINED } from './format.ts';
import { metricLabel } from './metric-label.ts';
import { metricUnit } from './metric-unit.ts';
import { note } from './notes.ts';
import type { TextStyle } from './style.ts';
import type { SweepFindings } from './sweep-findings.ts';
import type { SweepOutcome } from './sweep-outcome.ts';

type Show = (value: number | null) => string;

export function stabilityNotes(outcome: SweepOutcome, findings: SweepFindings, style: TextStyle): readonly string[] {
  const { axes, objective, kind } = outcome;
  const { best, stability } = findings;
  const show: Show = value => (value === null ? UNDEFINED : metricText({ value, unit: metricUnit(objective.metric) }));
  const value = (run: SweepRun) => show(run.metrics[objective.metric] ?? null);
  const named = (run: SweepRun) => axes.map(({ name }) => `${name}=${run.params[name]}`).join(' ');
  const head = `${metricLabel(objective.metric)} ${value(best)} with ${named(best)}`;
  if (stability === null) {
    return [...note('best', head, style), ...note('nearby', whyUnknown(outcome, best), style)];
  }
  const { typical, plateau } = stability;
  const isBest = plateau.run === best;
  const place = isBest
    ? 'the best set has the best neighbourhood too'
    : `${named(plateau.run)} (${value(plateau.run)} itself)`;
  return [
    ...note('best', `${head}; the typical set has ${show(typical)}`, style),
    ...note('nearby', nearbyText(stability.best.around, stability.best.kept, kind, show), style),
    ...note('plateau', `${place}: median ${show(plateau.level)} over ${counted(plateau.around.n + 1, 'set')}`, style),
  ];
}

function nearbyText(
  { n, median, mean, worst }: Surroundings,
  kept: number | null,
  kind: 'grid' | 'random',
  show: Show,
): string {
  if (n === 0) return 'the best set has no neighbours';
  const who =
    kind === 'grid' ? `${counted(n, 'neighbour')} of the best set` : `${counted(n, 'set')} nearest to the best one`;
  const share = kept === null ? '' : `: ${percent(Math.max(0, kept), 0)} of its lead over the typical set`;
  return `${who}: median ${show(median)}, mean ${show(mean)}, worst ${show(worst)}${share}`;
}

function whyUnknown({ axes, kind, runs }: SweepOutcome, best: SweepRun): string {
  if (!axes.some(({ values }) => typeof values[0] === 'number'))
    return 'nothing that varies is a number, so no set has neighbours';
  if (best.state === 'wiped-out') return 'unknown: the best set lost everything';
  return kind === 'random'
    ? `unknown: ${counted(runs.length, 'drawn set')} are too many to compare`
    : 'unknown: no neighbours have a value';
}
