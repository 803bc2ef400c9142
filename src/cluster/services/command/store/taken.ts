/** Tasks that workers have. */
import type { Queries } from '../../../ports/sql.ts';
import type { Task } from '../task/task.ts';

export interface TakenTask extends Pick<Task, 'taskId' | 'attempt'> {
  readonly state: 'dispatched' | 'running';
  readonly workerId: string;
  readonly slot: number;
  /** Its message is not in the log yet. */
  readonly isUnsent: boolean;
}

const TAKEN = `
  SELECT task_id AS "taskId", attempt, state, worker_id AS "workerId", slot,
    EXISTS (SELECT FROM gobool.outbox WHERE topic = 'tasks' AND key = task_id) AS "isUnsent"
  FROM gobool.tasks WHERE state IN ('dispatched', 'running')`;

export const takenTasks = (queries: Queries): Promise<readonly TakenTask[]> => queries.query<TakenTask>(TAKEN);
