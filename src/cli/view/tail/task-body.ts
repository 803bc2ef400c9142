/** One task of a run: who has it, and who had it before. */
import { grouped } from '../../../runtime/base/format.ts';
import { durationText } from '../../../runtime/report/format.ts';
import { barText } from './columns.ts';
import { paintState, shareText, taskShare } from './run-text.ts';
import type { TailScene } from './tail-scene.ts';
import { listedTasks } from './task-list.ts';

const BAR_COLUMNS = 40;

export function taskBody(scene: TailScene, room: number): readonly string[] {
  const { snapshot, ui, nowMs, paint } = scene;
  const tasks = listedTasks(snapshot, ui.filter);
  const task = tasks[Math.min(ui.selected, tasks.length - 1)];
  if (task === undefined) return [paint('dim', 'No task has begun.')];
  const share = taskShare(task, snapshot.equity?.steps);
  const { end, step, steps, pieces, claims } = task;
  const fact = (name: string, text: string) => `  ${paint('dim', name.padEnd(10))} ${text}`;
  const hash = end?.resultHash ?? end?.rootHash ?? '';
  const facts = [
    `${paint('bold', `Task ${task.n}`)}  ${paint('dim', `${snapshot.subject.runId}-${task.n}`)}`,
    fact('state', paintState(task.state, task.state, paint)),
    fact('progress', `${barText(share, BAR_COLUMNS)} ${shareText(share)}`),
    ...(steps > 0 ? [fact('steps', `${grouped(step)} of ${grouped(steps)}`)] : []),
    fact('pieces', grouped(pieces)),
    fact('time', durationText((task.endMs ?? nowMs) - task.sinceMs)),
    ...(hash === '' ? [] : [fact('hash', hash)]),
    ...(end?.error === undefined ? [] : [fact('error', `${end.error.code} ${end.error.message}`)]),
  ];
  const attempts = claims
    .toReversed()
    .map(({ attempt, workerId, pid, cpu }) =>
      fact(`attempt ${attempt}`, `${workerId}, process ${pid}${cpu === null ? '' : `, CPU ${cpu}`}`),
    );
  return [...facts, ...attempts].slice(0, room);
}
