/** Finds attempts that nobody will finish: their worker did not take them in time, or is gone. */
import type { Sql } from '../../ports/sql.ts';
import type { FactOfTask } from './change-tasks.ts';
import { type TakenTask, takenTasks } from './store/taken.ts';
import { type Suspicion, Suspicions } from './suspicions.ts';
import type { Workers } from './workers.ts';

/** From the message in the log to `claimed`, as long as the worker says that its slot is open. */
const CLAIM_LIMIT_MS = 2_000;
/**
 * Where the slot is taken, `claimed` is on its way: under a load it may wait in the log, and a second attempt adds to
 * it.
 */
const LATE_CLAIM_LIMIT_MS = 30_000;
/** What a worker said last may still be on its way when its offer vanishes. */
const GONE_LIMIT_MS = 500;

interface SuspectedTask extends Suspicion {
  readonly task: TakenTask;
  readonly of: 'unclaimed' | 'lost';
}

export class Watchdog {
  readonly #suspicions = new Suspicions();
  readonly #sql: Sql;
  readonly #workers: Workers;

  constructor(sql: Sql, workers: Workers) {
    this.#sql = sql;
    this.#workers = workers;
  }

  /** Call it several times a second. After an error everybody gets the whole time again. */
  async look(): Promise<readonly FactOfTask[]> {
    try {
      const suspected = (await takenTasks(this.#sql)).flatMap(task => this.#suspect(task));
      const overdue = this.#suspicions.overdue(suspected, performance.now());
      const isLost = overdue.some(({ of }) => of === 'lost');
      const alive = isLost ? await this.#workers.alive() : new Set<string>();
      return overdue.filter(({ of, task }) => of === 'unclaimed' || !alive.has(task.workerId)).map(toFact);
    } catch (error) {
      this.#suspicions.clear();
      throw error;
    }
  }

  #suspect(task: TakenTask): readonly SuspectedTask[] {
    const { taskId, attempt, state, workerId, slot, isUnsent } = task;
    const key = `${taskId} ${attempt}`;
    const offer = this.#workers.offerOf(workerId);
    if (offer === undefined) return [{ key: `${key} lost`, limitMs: GONE_LIMIT_MS, task, of: 'lost' }];
    if (state !== 'dispatched' || isUnsent) return [];
    const limitMs = offer.free && offer.slot === slot ? CLAIM_LIMIT_MS : LATE_CLAIM_LIMIT_MS;
    return [{ key: `${key} unclaimed`, limitMs, task, of: 'unclaimed' }];
  }
}

function toFact({ task: { taskId, attempt, workerId }, of }: SuspectedTask): FactOfTask {
  return { taskId, fact: of === 'lost' ? { type: 'lost', attempt, workerId } : { type: 'unclaimed', attempt } };
}
