/**
 * What one transaction reads, locks and changes of runs, tasks and cases. Runs are locked before their tasks, cases
 * last, and all in the order of their ids, so that two transactions never wait for each other.
 */
import { channel } from 'node:diagnostics_channel';
import { GoboolError } from '../../../../runtime/base/error.ts';
import type { Queries } from '../../../ports/sql.ts';
import type { Delivery } from '../delivery/delivery.ts';
import { evolveRun, type FirstRunEvent, newRun, type Run, type RunEvent } from '../run/run.ts';
import { evolveTask, type FirstTaskEvent, newTask, type Task, type TaskEvent } from '../task/task.ts';
import { Cases } from './cases.ts';
import { saveDeliveries } from './deliveries.ts';
import { eventsOf, Streams, statesOf } from './streams.ts';
import { assignments, insertFrom, records, selectList } from './table.ts';
import { EVENTS, RUNS, TASKS } from './tables.ts';

const RUN_ROWS = `SELECT ${selectList(RUNS)} FROM gobool.runs`;
const TASK_ROWS = `SELECT ${selectList(TASKS)} FROM gobool.tasks`;
const OPEN = `state IN ('queued', 'dispatched', 'running', 'hospital')`;

/** Every update names what it was decided on; a row that has gone on meanwhile is not met. */
const UPDATE_RUNS = `
  UPDATE gobool.runs SET ${assignments(RUNS)} FROM ${records(RUNS, '$2')}
  WHERE run_id = rows."runId" AND runs.version = rows.version - 1
  RETURNING 1`;
const UPDATE_TASKS = `
  UPDATE gobool.tasks SET ${assignments(TASKS)}
  FROM ${records(TASKS, '$4')}
    JOIN jsonb_to_recordset($5::jsonb)
      AS was("taskId" text, version integer, state text, attempt integer) USING ("taskId")
  WHERE task_id = rows."taskId"
    AND tasks.version = was.version AND tasks.state = was.state AND tasks.attempt = was.attempt
  RETURNING 1`;

const SAVE = `
  WITH new_runs AS (${insertFrom(RUNS, '$1')}), old_runs AS (${UPDATE_RUNS}),
    new_tasks AS (${insertFrom(TASKS, '$3')}), old_tasks AS (${UPDATE_TASKS}),
    new_events AS (${insertFrom(EVENTS, '$6')})
  SELECT (SELECT count(*) FROM old_runs)::int AS runs, (SELECT count(*) FROM old_tasks)::int AS tasks`;

/**
 * Publishes every `Changes` that was written, for those who count and tell; before its commit, so that a transaction
 * which has to be repeated is published again.
 */
export const SAVED = channel('gobool.command.saved');

export class Changes {
  readonly runs = new Streams<Run, RunEvent | FirstRunEvent>(
    evolveRun as (run: Run, event: RunEvent | FirstRunEvent) => Run,
  );
  readonly tasks = new Streams<Task, TaskEvent>(evolveTask);
  readonly cases: Cases;
  /** What somebody outside is to be told of it. */
  readonly deliveries: Delivery[] = [];
  readonly nowMs: number;
  readonly #queries: Queries;

  /** `nowMs`: epoch milliseconds, the time of all that it changes. */
  constructor(queries: Queries, nowMs: number) {
    this.#queries = queries;
    this.nowMs = nowMs;
    this.cases = new Cases(queries, nowMs);
  }

  async lockRuns(ids: readonly string[]): Promise<void> {
    this.#loadRuns(await this.#rows<Run>(`${RUN_ROWS} WHERE run_id = ANY($1) ORDER BY run_id FOR UPDATE`, ids));
  }

  async lockTasks(ids: readonly string[]): Promise<void> {
    this.#loadTasks(await this.#rows<Task>(`${TASK_ROWS} WHERE task_id = ANY($1) ORDER BY task_id FOR UPDATE`, ids));
  }

  /** Those that are still waiting and that nobody else holds. */
  async lockWaitingTasks(ids: readonly string[]): Promise<void> {
    const text = `${TASK_ROWS} WHERE task_id = ANY($1) AND state = 'queued' FOR UPDATE SKIP LOCKED`;
    this.#loadTasks(await this.#rows<Task>(text, ids));
  }

  /** Those of the runs that are not over yet. */
  async lockOpenTasks(runIds: readonly string[]): Promise<void> {
    const text = `${TASK_ROWS} WHERE run_id = ANY($1) AND ${OPEN} ORDER BY task_id FOR UPDATE`;
    this.#loadTasks(await this.#rows<Task>(text, runIds));
  }

  startRun(runId: string, event: FirstRunEvent): void {
    this.runs.start(runId, newRun(runId, event), event);
  }

  startTask(taskId: string, event: FirstTaskEvent): void {
    this.tasks.start(taskId, newTask(taskId, event), event);
  }

  /** Throws `GB_SQL_CONFLICT` where something has gone on meanwhile. */
  async save(): Promise<void> {
    const runs = this.runs.prolonged();
    const tasks = this.tasks.prolonged();
    const oldRuns = statesOf(runs, true);
    const oldTasks = statesOf(tasks, true);
    const was = tasks.flatMap(({ before }) => (before === undefined ? [] : [fenceOf(before)]));
    const events = [
      ...runs.flatMap(run => eventsOf(run, this.nowMs)),
      ...tasks.flatMap(task => eventsOf(task, this.nowMs)),
    ];
    const parts = [statesOf(runs, false), oldRuns, statesOf(tasks, false), oldTasks, was, events];
    const [saved] = await this.#queries.query<{ runs: number; tasks: number }>(
      SAVE,
      parts.map(part => JSON.stringify(part)),
    );
    if (saved?.runs !== oldRuns.length || saved.tasks !== oldTasks.length)
      throw new GoboolError('GB_SQL_CONFLICT', 'A run or task has gone on meanwhile.');
    await this.cases.save();
    await saveDeliveries(this.#queries, this.deliveries);
    SAVED.publish(this);
  }

  async #rows<Row extends object>(text: string, ids: readonly string[]): Promise<readonly Row[]> {
    return ids.length === 0 ? [] : await this.#queries.query<Row>(text, [ids]);
  }

  #loadRuns(runs: readonly Run[]): void {
    for (const run of runs) this.runs.load(run.runId, run);
  }

  #loadTasks(tasks: readonly Task[]): void {
    for (const task of tasks) this.tasks.load(task.taskId, task);
  }
}

const fenceOf = ({ taskId, version, state, attempt }: Task) => ({ taskId, version, state, attempt });
