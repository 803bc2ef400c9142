/** A sweep for the terminal: the best sets, the objective over the space, what is around the best, what to do next. */

import { counted, grouped } from '../base/format.ts';
import type { SweepAxis } from '../sweep/sweep-result.ts';
import { bestCommand } from './best-command.ts';
import { feedName } from './feed-text.ts';
import { closeDateText, dateText, durationText } from './format.ts';
import { heatMap } from './heat-map.ts';
import { lineNote, note, warningNotes } from './notes.ts';
import { type TextStyle, usedWidth } from './style.ts';
import type { SweepFindings } from './sweep-findings.ts';
import { stabilityNotes } from './sweep-notes.ts';
import type { SweepOutcome } from './sweep-outcome.ts';
import { sweepRate } from './sweep-rate.ts';
import { sweepTable } from './sweep-table.ts';
import { wrap } from './wrap.ts';

export interface SweepView {
  /** Rows of the table. */
  readonly top: number;
  /** Its runs are trials of the ledger. */
  readonly isKept: boolean;
  /** Where its page is. */
  readonly report?: string;
}

const VALUES_SHOWN_MAX = 4;

/** Ends with a line break. */
export function renderSweep(outcome: SweepOutcome, findings: SweepFindings, view: SweepView, style: TextStyle): string {
  const { ranked, best, stability, warnings } = findings;
  const sections: readonly (readonly string[])[] = [
    heading(outcome, style),
    sweepTable(ranked.slice(0, view.top), outcome, stability, style),
    heatMap(outcome, { best, plateau: stability?.plateau.run }, style),
    [...stabilityNotes(outcome, findings, style), ...trialsNote(outcome, view, style)],
    warningNotes(warnings, style),
    nextNotes(outcome, findings, view, style),
  ];
  return sections
    .filter(lines => lines.length > 0)
    .map(lines => `${lines.join('\n')}\n`)
    .join('\n');
}

function heading(outcome: SweepOutcome, style: TextStyle): readonly string[] {
  const { strategy, datasets } = outcome;
  const names = datasets.map(feedName);
  const from = Math.min(...datasets.map(({ from }) => from));
  const to = Math.max(...datasets.map(({ to }) => to));
  const range = `${dateText(from)} to ${closeDateText(to)}`;
  const room = usedWidth(style) - 2;
  return [
    ...wrap(`Sweep of ${strategy} on ${names.join(', ')}`, room).map(line => `  ${style.bold(line)}`),
    ...[`${range} · ${speedText(outcome)}`, spaceText(outcome)]
      .flatMap(text => wrap(text, room))
      .map(line => `  ${style.dim(line)}`),
  ];
}

function spaceText({ axes, fixed, kind, where, runs }: SweepOutcome): string {
  const held = Object.entries(fixed).map(([name, value]) => `${name}=${value}`);
  const sets = kind === 'grid' ? counted(runs.length, 'set') : `${counted(runs.length, 'set')} drawn at random`;
  return [
    `${sets}: ${[...axes.map(axisText), ...held].join(', ')}`,
    ...(where === null ? [] : [`where ${where}`]),
  ].join(', ');
}

/** `slow 20..200 (19 values)` */
function axisText({ name, values }: SweepAxis): string {
  if (values.length <= VALUES_SHOWN_MAX) return `${name} ${values.join(',')}`;
  return typeof values[0] === 'number'
    ? `${name} ${values[0]}..${values.at(-1)} (${values.length} values)`
    : `${name} (${values.length} values)`;
}

function speedText(outcome: SweepOutcome): string {
  const { runs, resumed, workers, executor, elapsedMs } = outcome;
  const on = counted(workers, executor === 'cluster' ? 'worker' : 'thread');
  const { runsPerSecond, stepsPerSecond } = sweepRate(outcome);
  const facts = [
    `${counted(runs.length - resumed, 'run')} in ${durationText(elapsedMs)} on ${on}`,
    ...(runs.length > resumed ? [`${grouped(runsPerSecond)} runs and ${grouped(stepsPerSecond)} bars a second`] : []),
    ...(resumed > 0 ? [`${grouped(resumed)} done before`] : []),
  ];
  return facts.join(' · ');
}

function trialsNote({ runs, resumed }: SweepOutcome, { isKept }: SweepView, style: TextStyle): readonly string[] {
  const added = counted(runs.length - resumed, 'run');
  return note(
    'trials',
    isKept ? `${added} added to the ledger of trials` : `${added} that the ledger of trials does not know`,
    style,
  );
}

/** The command stays on one line, whatever its length, so that it can be copied. */
function nextNotes(
  outcome: SweepOutcome,
  { best }: SweepFindings,
  { report, isKept }: SweepView,
  style: TextStyle,
): readonly string[] {
  return [
    ...lineNote('next', style.bold(bestCommand(outcome, best)), style),
    ...note('hash', best.resultHash, style, style.cyan),
    ...(isKept ? note('sweep', outcome.sweepId, style) : []),
    ...(report === undefined ? [] : lineNote('report', report, style)),
  ];
}
