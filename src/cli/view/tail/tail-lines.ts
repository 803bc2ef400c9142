/**
 * The live view of a run, as lines of text: a function of its scene. Invariant: at most `rows - 1` lines, or the
 * terminal would scroll with every frame; what matters most comes first, so that eight rows are enough. Lines may be
 * wider than the terminal; whoever draws them cuts them.
 */
import { durationText } from '../../../runtime/report/format.ts';
import { backtestBody } from './backtest-body.ts';
import { helpBody } from './help-body.ts';
import { paintState, stateText } from './run-text.ts';
import { statusLine } from './status-line.ts';
import { sweepBody } from './sweep-body.ts';
import type { TailScene } from './tail-scene.ts';
import { taskBody } from './task-body.ts';

const SPINNER = '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏';
const FRAME_MS = 100;
const KIND_WORDS: Readonly<Record<string, string>> = { run: 'backtest', describe: 'description' };
const OVER: ReadonlySet<string> = new Set(['completed', 'failed', 'rejected', 'cancelled']);

export function tailLines(scene: TailScene): readonly string[] {
  const rowsFree = Math.max(1, scene.rows - 1);
  const top = [titleLine(scene), ...troubleLines(scene)].slice(0, Math.max(1, rowsFree - 1));
  const room = rowsFree - top.length - 1;
  const body = room > 0 ? bodyOf(scene, room).slice(0, room) : [];
  return [...top, ...body, statusLine(scene)].slice(0, rowsFree);
}

function bodyOf(scene: TailScene, room: number): readonly string[] {
  const { ui, snapshot } = scene;
  if (ui.screen === 'help') return helpBody(scene);
  if (ui.screen === 'task') return taskBody(scene, room);
  return snapshot.subject.kind === 'sweep' ? sweepBody(scene, room) : backtestBody(scene, room);
}

function titleLine({ snapshot, nowMs, columns, paint }: TailScene): string {
  const { subject, sinceMs, run } = snapshot;
  const state = run?.state ?? 'accepted';
  const mark = OVER.has(state) ? '■' : (SPINNER[Math.floor(nowMs / FRAME_MS) % SPINNER.length] ?? '');
  const words = [KIND_WORDS[subject.kind] ?? subject.kind, stateText(snapshot), durationText(nowMs - sinceMs)];
  const width = [subject.name, ...words].join('  ').length + 2;
  const gap = columns - width - subject.runId.length;
  const [kind = '', told = '', time = ''] = words;
  const left = [
    `${paintState(state, mark, paint)} ${paint('bold', subject.name)}`,
    kind,
    paintState(state, told, paint),
  ];
  const id = gap < 2 ? '' : ' '.repeat(gap) + paint('dim', subject.runId);
  return `${[...left, time].join('  ')}${id}`;
}

/** What stops a run, and the command that helps. */
function troubleLines({ snapshot: { run, cases }, paint }: TailScene): readonly string[] {
  if (cases.length > 0) {
    return cases.flatMap(({ caseId, code, message }) => [
      `${paint('magenta', '!')} ${paint('dim', code)} ${message}`,
      `  ${paint('dim', `gobool hospital show ${caseId}`)}`,
    ]);
  }
  return run?.error === undefined ? [] : [`${paint('red', '!')} ${paint('dim', run.error.code)} ${run.error.message}`];
}
