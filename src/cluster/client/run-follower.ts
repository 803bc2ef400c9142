/**
 * The streams of one run, open until it is disposed of. Tasks tell what came of them; the run's own stream tells what
 * no task can: that the run was refused, cancelled by somebody, or waits for a person.
 */
import type { EventSourceMessage } from 'eventsource-parser';
import { GoboolError } from '../../runtime/base/error.ts';
import { failureFromData } from '../../runtime/host/executors/failure-place.ts';
import type { RankingView } from '../contracts/http/run-view.ts';
import type { Taken } from './event-stream.ts';
import type { GatewayClient } from './gateway-client.ts';
import { knownError } from './problem.ts';
import type { Observe, RunNow, TaskEnd, TaskEvent } from './run-event.ts';
import { type TaskHooks, TaskReader } from './task-reader.ts';

/** Who did a task. */
export interface TaskEvidence {
  readonly taskId: string;
  /** Null where the stream did not tell, as the next two. */
  readonly worker: string | null;
  /** Process of its sandbox, as the worker's host numbers it. */
  readonly pid: number | null;
  /** The processor it was pinned to. */
  readonly cpu: number | null;
  readonly attempts: number;
  /** From the submit of its run to its last piece. */
  readonly elapsedMs: number;
}

export interface FollowedTask extends Pick<TaskEnd, 'resultHash'> {
  readonly evidence: TaskEvidence;
}

/** Stands for a source map that is not known: errors name no line of the user's files then. */
export const NO_MAP = '{"version":3,"sources":[],"mappings":""}';

export interface FollowedRun {
  readonly client: GatewayClient;
  readonly runId: string;
  /** Source map of its bundle. */
  readonly map: string;
  /** When it was submitted, as `performance.now` counts. */
  readonly startMs: number;
  readonly signal: AbortSignal | undefined;
  readonly observe?: Observe;
  /** A run that waits for a person in the error hospital is waited for, too; else that ends it with its error. */
  readonly isPatient?: boolean;
}

export class RunFollower implements Disposable {
  readonly #run: FollowedRun;
  readonly #closed = new AbortController();
  readonly #signal: AbortSignal;
  #now: RunNow | undefined;

  constructor(run: FollowedRun) {
    this.#run = run;
    this.#signal = AbortSignal.any([this.#closed.signal, ...(run.signal ? [run.signal] : [])]);
  }

  [Symbol.dispose](): void {
    this.#closed.abort();
  }

  /** Throws the task's own error, with its place in the user's source, and what `TaskReader` throws. */
  async readTask(n: number, hooks: TaskHooks): Promise<FollowedTask> {
    const { client, runId, startMs, observe } = this.#run;
    const taskId = `${runId}-${n}`;
    const tell = (event: TaskEvent) => observe?.({ taskId, ...event });
    const reader = new TaskReader({ ...hooks, ...(observe && { observe: tell }) });
    await client.followTask(taskId, event => reader.take(event), this.#signal, this.#reconnected);
    if (reader.end?.state !== 'completed') throw await this.#errorOf(`Task ${taskId}`, reader.end);
    const { workerId: worker = null, pid = null, cpu = null, attempt: attempts = 1 } = reader.claim ?? {};
    const evidence = { taskId, worker, pid, cpu, attempts, elapsedMs: performance.now() - startMs };
    return { ...reader.end, evidence };
  }

  /** Throws where the run as a whole comes to nothing; else stays pending. */
  async failure(): Promise<never> {
    const { client, runId } = this.#run;
    await client.followRun(runId, event => this.#take(event), this.#signal, this.#reconnected);
    if (this.#now?.state !== 'completed') throw await this.#errorOf(`Run ${runId}`, this.#now);
    return await new Promise<never>(() => {});
  }

  readonly #reconnected = (): void => this.#run.observe?.({ type: 'reconnect' });

  #take({ event, data }: EventSourceMessage): Taken {
    const { observe, isPatient } = this.#run;
    if (event === 'run') {
      this.#now = JSON.parse(data) as RunNow;
      observe?.({ type: 'run', run: this.#now });
    }
    if (event === 'rank') observe?.({ type: 'rank', ranking: JSON.parse(data) as RankingView });
    return event === 'end' || (this.#now?.state === 'hospital' && !isPatient) ? 'end' : 'more';
  }

  /** `end`: what the cluster says of it. */
  async #errorOf(
    what: string,
    end: { readonly state: string; readonly error?: TaskEnd['error'] } | undefined,
  ): Promise<GoboolError> {
    if (end?.error !== undefined) return await failureFromData(knownError(end.error), this.#run.map);
    return new GoboolError('GB_RUN_CANCELLED', `${what} was ${end?.state ?? 'given up'} on the cluster.`, {
      hint: `\`gobool run retry ${this.#run.runId}\` submits it again.`,
    });
  }
}
