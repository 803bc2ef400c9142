/** Tasks that match the filter, as a table: how far, where, which attempt. The selected one is always in sight. */
import { grouped } from '../../../runtime/base/format.ts';
import { durationText } from '../../../runtime/report/format.ts';
import { barText, rowOf } from './columns.ts';
import { paintState, shareText, taskShare } from './run-text.ts';
import type { TailScene } from './tail-scene.ts';
import type { TailSnapshot, TaskRow } from './tail-state.ts';

const BAR_COLUMNS = 12;
/** Below, there is no room for a bar. */
const WIDE_COLUMNS = 80;

/** Tasks that are listed, in order. */
export function listedTasks({ tasks, equity }: TailSnapshot, filter: string): readonly TaskRow[] {
  if (filter === '') return tasks;
  const wanted = filter.toLowerCase();
  return tasks.filter(task => searchText(task, equity?.steps).toLowerCase().includes(wanted));
}

/** At most `room` lines; with room for it a line of titles. */
export function taskList(scene: TailScene, room: number): readonly string[] {
  const { snapshot, ui, columns, paint } = scene;
  const tasks = listedTasks(snapshot, ui.filter);
  if (room <= 0) return [];
  if (tasks.length === 0)
    return [paint('dim', ui.filter === '' ? 'No task has begun.' : 'No task matches the filter.')];
  const hasTitles = room > 2;
  const shown = window(tasks, ui.selected, room - Number(hasTitles));
  const titles = hasTitles ? [paint('dim', titleText(columns))] : [];
  return [
    ...titles,
    ...shown.map(task => taskLine(task, scene, task === tasks[Math.min(ui.selected, tasks.length - 1)])),
  ];
}

/** `count` neighbours, with the selected one among them. */
function window(tasks: readonly TaskRow[], selected: number, count: number): readonly TaskRow[] {
  const from = Math.max(0, Math.min(selected - Math.floor(count / 2), tasks.length - count));
  return tasks.slice(from, from + count);
}

function titleText(columns: number): string {
  const progress = columns < WIDE_COLUMNS ? [] : [{ text: 'progress', width: BAR_COLUMNS }];
  return rowOf([
    { text: '  task', width: 6 },
    { text: 'state', width: 9 },
    ...progress,
    { text: 'done', width: 5, align: 'right' },
    { text: 'worker', width: 14 },
    { text: 'CPU', width: 3, align: 'right' },
    { text: 'attempt', width: 7, align: 'right' },
    { text: 'time', width: 9, align: 'right' },
    { text: 'pieces', width: 7, align: 'right' },
  ]);
}

function taskLine(task: TaskRow, { snapshot, nowMs, columns, paint, hasKeys }: TailScene, isSelected: boolean): string {
  const share = taskShare(task, snapshot.equity?.steps);
  const claim = task.claims.at(-1);
  const bar = { text: barText(share, BAR_COLUMNS), width: BAR_COLUMNS };
  return rowOf([
    { text: `${isSelected && hasKeys ? '›' : ' '} ${task.n}`, width: 6 },
    { text: task.state, width: 9, paint: text => paintState(task.state, text, paint) },
    ...(columns < WIDE_COLUMNS ? [] : [bar]),
    { text: shareText(share), width: 5, align: 'right' },
    { text: claim?.workerId ?? '', width: 14 },
    { text: String(claim?.cpu ?? ''), width: 3, align: 'right' },
    { text: String(claim?.attempt ?? ''), width: 7, align: 'right' },
    { text: durationText((task.endMs ?? nowMs) - task.sinceMs), width: 9, align: 'right' },
    { text: grouped(task.pieces), width: 7, align: 'right' },
  ]);
}

function searchText(task: TaskRow, stepsHad: number | undefined): string {
  const { workerId = '', cpu = '', attempt = '' } = task.claims.at(-1) ?? {};
  return [`task ${task.n}`, task.state, shareText(taskShare(task, stepsHad)), workerId, `cpu ${cpu}`, attempt].join(
    ' ',
  );
}
