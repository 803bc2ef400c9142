/** One run of a cluster for a person: what it is, how far it is, why it failed, its tasks, the best sets of a sweep. */
import type { RankingView, RunView, TaskView } from '../../../cluster/contracts/http/run-view.ts';
import { counted, grouped } from '../../../runtime/base/format.ts';
import { durationText } from '../../../runtime/report/format.ts';
import type { Paint } from '../../output/colour.ts';
import { factsText } from '../../output/facts.ts';
import type { Output } from '../../output/output.ts';
import { momentAgeText } from '../../output/quantities.ts';
import { type Column, type TableStyle, tableText } from '../../output/table.ts';
import { stateStyle } from '../on-cluster/state-style.ts';

const NONE = '-';
const TASKS_SHOWN = 20;
const HASH_CHARACTERS = 12;

export function clusterRunText(run: RunView, out: Output): string {
  const { paint } = out;
  const state = paint(stateStyle(run.state) ?? 'bold', run.state);
  const blocks = [
    `Run ${paint('cyan', run.runId)} is ${state}`,
    factsText(factsOf(run, out.nowMs()), paint),
    run.error && errorText(run.error, paint),
    run.ranking && rankingText(run.ranking, out),
    run.taskList && tasksText(run.taskList, out),
  ];
  return blocks.filter(block => block !== undefined && block !== '').join('\n\n');
}

function factsOf(run: RunView, nowMs: number): readonly (readonly [string, string | undefined])[] {
  const { name, kind, keyId, priority, submittedMs, atMs, position, resultHash, correlationId } = run;
  return [
    ['name', `${name} (${kind})`],
    ['key', keyId],
    ['submitted', momentAgeText(submittedMs, nowMs)],
    ['changed', momentAgeText(atMs, nowMs)],
    ['tasks', progressText(run)],
    ['position', position === null ? undefined : positionText(position)],
    ['priority', priority === undefined ? undefined : String(priority)],
    ['result', resultHash],
    ['request', correlationId],
  ];
}

/** `3 of 12 done, 2 running, 1 failed` */
function progressText({ tasks: { total, completed, running, failed } }: RunView): string | undefined {
  if (total === 0) return undefined;
  const rest = [running > 0 && `${running} running`, failed > 0 && `${failed} failed`].filter(part => part !== false);
  return [`${completed} of ${total} done`, ...rest].join(', ');
}

const positionText = (position: number): string =>
  position === 0 ? 'next' : `behind ${counted(position, 'task')} of others`;

function errorText({ code, message, hint, problems = [] }: NonNullable<RunView['error']>, paint: Paint): string {
  const lines = [`${paint('red', code)} ${message}`, ...problems.map(problem => `  ${paint('red', '•')} ${problem}`)];
  return [...lines, ...(hint === undefined ? [] : [`${paint('bold', 'Hint')} ${hint}`])].join('\n');
}

const RANK_COLUMNS: readonly Column[] = [
  { title: 'rank', align: 'right' },
  { title: 'set', align: 'right' },
  { title: 'value', align: 'right' },
  { title: 'result', style: 'dim' },
];

function rankingText({ done, sets, objective, best }: RankingView, style: TableStyle): string {
  const rows = best.map(({ index, value, resultHash }, rank) => [
    String(rank + 1),
    String(index),
    value === null ? NONE : grouped(value, 4),
    resultHash.slice(0, HASH_CHARACTERS),
  ]);
  const title = `Best by ${objective}, ${grouped(done)} of ${counted(sets, 'set')} done`;
  return rows.length === 0 ? title : `${title}\n${tableText(RANK_COLUMNS, rows, style)}`;
}

const TASK_COLUMNS: readonly Column[] = [
  { title: 'task', align: 'right', style: 'cyan' },
  { title: 'state', style: stateStyle },
  { title: 'attempt', align: 'right' },
  { title: 'worker' },
  { title: 'process', align: 'right' },
  { title: 'cpu', align: 'right' },
  { title: 'took', align: 'right' },
  { title: 'result', style: cell => (cell.startsWith('GB_') ? 'red' : 'dim') },
];

/** What needs a person first, then what goes on. */
const ORDER: Readonly<Record<TaskView['state'], number>> = { failed: 0, running: 1, completed: 2 };

function tasksText(tasks: readonly TaskView[], out: Output): string {
  if (tasks.length === 0) return '';
  const shown = tasks.toSorted((a, b) => ORDER[a.state] - ORDER[b.state]).slice(0, TASKS_SHOWN);
  const rows = shown.map(({ taskId, state, attempt, workerId, pid, cpu, elapsedMs, error, ...task }) => [
    taskId.replace(/.*-/, ''),
    state,
    String(attempt ?? NONE),
    workerId ?? NONE,
    String(pid ?? NONE),
    String(cpu ?? NONE),
    elapsedMs === undefined ? NONE : durationText(elapsedMs),
    error?.code ?? (task.resultHash ?? task.rootHash)?.slice(0, HASH_CHARACTERS) ?? NONE,
  ]);
  const more =
    tasks.length > shown.length
      ? `\n${out.paint('dim', `${shown.length} of ${tasks.length} tasks; --json has all`)}`
      : '';
  return tableText(TASK_COLUMNS, rows, out) + more;
}
