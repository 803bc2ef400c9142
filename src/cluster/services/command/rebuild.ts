/**
 * Replays every event into fresh tables and compares them with those that the service keeps: both must hold the same
 * rows. It reads one moment of the database, so that it may run while the service works; it changes nothing.
 */
import { assert } from '../../../runtime/base/assert.ts';
import type { Queries, Sql } from '../../ports/sql.ts';
import { type Case, type CaseEvent, evolveCase, type FirstCaseEvent, newCase } from './hospital/case.ts';
import { evolveRun, type FirstRunEvent, newRun, type Run, type RunEvent } from './run/run.ts';
import { columnList, insertFrom, selectList, type Table } from './store/table.ts';
import { CASES, EVENTS, RUNS, type StoredEvent, TASKS } from './store/tables.ts';
import { evolveTask, type FirstTaskEvent, newTask, type Task, type TaskEvent } from './task/task.ts';

export interface Rebuilt {
  readonly events: number;
  readonly runs: number;
  readonly tasks: number;
  readonly cases: number;
  /** Runs, tasks and cases that are not what their events add up to, or that have none. */
  readonly differences: readonly string[];
}

const EVENTS_AT_ONCE = 5_000;
const IDS_MAX = 100;
const FRESH_RUNS: Table<Run> = { ...RUNS, name: 'pg_temp.fresh_runs' };
const FRESH_TASKS: Table<Task> = { ...TASKS, name: 'pg_temp.fresh_tasks' };
const FRESH_CASES: Table<Case> = { ...CASES, name: 'pg_temp.fresh_cases' };

export async function rebuild(sql: Sql): Promise<Rebuilt> {
  return await sql.transaction(async queries => {
    await queries.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
    await queries.query('CREATE TEMP TABLE fresh_runs (LIKE gobool.runs) ON COMMIT DROP');
    await queries.query('CREATE TEMP TABLE fresh_tasks (LIKE gobool.tasks) ON COMMIT DROP');
    await queries.query('CREATE TEMP TABLE fresh_cases (LIKE gobool.cases) ON COMMIT DROP');
    const replayed = await replay(queries);
    const runs = await differences(queries, RUNS, FRESH_RUNS, 'run_id');
    const tasks = await differences(queries, TASKS, FRESH_TASKS, 'task_id');
    const cases = await differences(queries, CASES, FRESH_CASES, 'case_id');
    return { ...replayed, differences: [...runs, ...tasks, ...cases] };
  });
}

async function replay(queries: Queries): Promise<Omit<Rebuilt, 'differences'>> {
  const total = { events: 0, runs: 0, tasks: 0, cases: 0 };
  /** The last stream of a page may go on in the next one. */
  let carried: readonly StoredEvent[] = [];
  for (;;) {
    const page = await nextEvents(queries, carried.at(-1));
    const isEnd = page.length < EVENTS_AT_ONCE;
    const streams = [...Map.groupBy([...carried, ...page], ({ stream }) => stream).values()];
    carried = isEnd ? [] : (streams.pop() ?? []);
    const ofKind = (wanted: ReturnType<typeof kindOf>) => streams.filter(events => kindOf(events) === wanted);
    const [runs, tasks, cases] = [ofKind('run').map(runOf), ofKind('task').map(taskOf), ofKind('case').map(caseOf)];
    await queries.query(insertFrom(FRESH_RUNS, '$1'), [JSON.stringify(runs)]);
    await queries.query(insertFrom(FRESH_TASKS, '$1'), [JSON.stringify(tasks)]);
    await queries.query(insertFrom(FRESH_CASES, '$1'), [JSON.stringify(cases)]);
    total.events += page.length;
    total.runs += runs.length;
    total.tasks += tasks.length;
    total.cases += cases.length;
    if (isEnd) return total;
  }
}

const nextEvents = (queries: Queries, last: StoredEvent | undefined): Promise<readonly StoredEvent[]> =>
  queries.query<StoredEvent>(
    `SELECT ${selectList(EVENTS)} FROM gobool.events WHERE (stream, version) > ($1, $2)
     ORDER BY stream, version LIMIT ${EVENTS_AT_ONCE}`,
    [last?.stream ?? '', last?.version ?? 0],
  );

/** As its first event says. */
function kindOf([first]: readonly StoredEvent[]): 'run' | 'task' | 'case' {
  if (first?.type === 'submitted' || first?.type === 'rejected') return 'run';
  return first?.type === 'queued' ? 'task' : 'case';
}

/** As it was before it was stored. */
const eventOf = <E>({ type, data }: StoredEvent) => ({ type, ...data }) as E;

function runOf([first, ...later]: readonly StoredEvent[]): Run {
  assert(first !== undefined, 'a stream has events');
  return later.map(eventOf<RunEvent>).reduce(evolveRun, newRun(first.stream, eventOf<FirstRunEvent>(first)));
}

function taskOf([first, ...later]: readonly StoredEvent[]): Task {
  assert(first !== undefined, 'a stream has events');
  return later.map(eventOf<TaskEvent>).reduce(evolveTask, newTask(first.stream, eventOf<FirstTaskEvent>(first)));
}

function caseOf([first, ...later]: readonly StoredEvent[]): Case {
  assert(first !== undefined, 'a stream has events');
  return later.map(eventOf<CaseEvent>).reduce(evolveCase, newCase(first.stream, eventOf<FirstCaseEvent>(first)));
}

/** Ids of rows that only one of the tables has. */
async function differences<T>(
  queries: Queries,
  kept: Table<T>,
  fresh: Table<T>,
  id: string,
): Promise<readonly string[]> {
  const columns = columnList(kept);
  const rows = await queries.query<{ id: string }>(`
    SELECT DISTINCT ${id} AS id FROM (
      (SELECT ${columns} FROM ${kept.name} EXCEPT SELECT ${columns} FROM ${fresh.name})
      UNION ALL (SELECT ${columns} FROM ${fresh.name} EXCEPT SELECT ${columns} FROM ${kept.name})
    ) AS different ORDER BY id LIMIT ${IDS_MAX}`);
  return rows.map(row => row.id);
}
