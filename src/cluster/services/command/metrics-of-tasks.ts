/** How long tasks and runs take, and how they end, as they are written. */
import type { Metrics } from '../common/metrics.ts';
import { isFinal, type Run } from './run/run.ts';
import { type Changes, SAVED } from './store/changes.ts';
import type { Prolonged } from './store/streams.ts';
import type { Task, TaskEvent } from './task/task.ts';

const TASK_SECONDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];
const RUN_SECONDS = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1_800];

const ENDINGS: ReadonlySet<string> = new Set(['completed', 'failed', 'cancelled']);

export function watchTasks(metrics: Metrics): void {
  const ended: Record<string, number> = {};
  metrics.counter('gobool_command_ended_tasks_total', 'Tasks that are over, by how.', () => ended, 'state');
  const taskSeconds = metrics.histogram(
    'gobool_command_task_seconds',
    'Queued: until the first dispatch; claimed: until a worker took it; completed: until it was done.',
    TASK_SECONDS,
    ['stage'],
  );
  const runSeconds = metrics.histogram(
    'gobool_command_run_seconds',
    'From its submission until a run was over, by how.',
    RUN_SECONDS,
    ['state'],
  );
  SAVED.subscribe(message => {
    const { runs, tasks, nowMs } = message as Changes;
    for (const task of tasks.prolonged()) {
      for (const [stage, tookMs] of stagesOf(task, runs.get(task.now.runId), nowMs))
        taskSeconds.observe({ stage }, tookMs / 1_000);
      for (const { type } of task.events) if (ENDINGS.has(type)) ended[type] = (ended[type] ?? 0) + 1;
    }
    for (const { before, now } of runs.prolonged())
      if (before !== undefined && !isFinal(before) && isFinal(now))
        runSeconds.observe({ state: now.state }, (nowMs - now.submittedMs) / 1_000);
  });
}

type Stage = readonly ['queued' | 'claimed' | 'completed', number];

/** A batch may hold several events of one task. */
function stagesOf({ now, events }: Prolonged<Task, TaskEvent>, run: Run | undefined, nowMs: number): readonly Stage[] {
  const sinceDispatchMs = nowMs - now.dispatchedMs;
  return events.flatMap(({ type }): readonly Stage[] => {
    if (type === 'completed') return [['completed', sinceDispatchMs]];
    if (type !== 'claimed') return [];
    const claimed: Stage = ['claimed', sinceDispatchMs];
    if (now.attempt > 1 || run === undefined) return [claimed];
    return [['queued', now.dispatchedMs - run.submittedMs], claimed];
  });
}
