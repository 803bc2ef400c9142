/**
 * The streams of one run, open until it is disposed of. Tasks tell what came of them; the run's own stream tells what
 * no task can: that the run was refused, cancelled by somebody, or waits for a person.
 */
import { GoboolError } from '../../runtime/base/error.ts';
import { failureFromData } from '../../runtime/host/executors/failure-place.ts';
import type { MessageOf } from '../contracts/define-message.ts';
import type { runChanged } from '../contracts/messages/run-changed.ts';
import type { GatewayClient } from './gateway-client.ts';
import { knownError } from './problem.ts';
import { type TaskEnd, type TaskHooks, TaskReader } from './task-reader.ts';

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

export interface FollowedRun {
  readonly client: GatewayClient;
  readonly runId: string;
  /** Source map of its bundle. */
  readonly map: string;
  /** When it was submitted, as `performance.now` counts. */
  readonly startMs: number;
  readonly signal: AbortSignal | undefined;
}

type RunChanged = MessageOf<typeof runChanged>;
type Ending = Pick<RunChanged, 'error'> & { readonly state: string };

export class RunFollower implements Disposable {
  readonly #run: FollowedRun;
  readonly #closed = new AbortController();
  readonly #signal: AbortSignal;

  constructor(run: FollowedRun) {
    this.#run = run;
    this.#signal = AbortSignal.any([this.#closed.signal, ...(run.signal ? [run.signal] : [])]);
  }

  [Symbol.dispose](): void {
    this.#closed.abort();
  }

  /** Throws the task's own error, with its place in the user's source, and what `TaskReader` throws. */
  async readTask(n: number, hooks: TaskHooks): Promise<FollowedTask> {
    const { client, runId, startMs } = this.#run;
    const taskId = `${runId}-${n}`;
    const reader = new TaskReader(hooks);
    await client.followTask(taskId, event => reader.take(event), this.#signal);
    if (reader.end?.state !== 'completed') throw await this.#errorOf(`Task ${taskId}`, reader.end);
    const { workerId: worker = null, pid = null, cpu = null, attempt: attempts = 1 } = reader.claim ?? {};
    const evidence = { taskId, worker, pid, cpu, attempts, elapsedMs: performance.now() - startMs };
    return { ...reader.end, evidence };
  }

  /** Throws where the run as a whole comes to nothing; else stays pending. */
  async failure(): Promise<never> {
    const { client, runId } = this.#run;
    let last: RunChanged | undefined;
    await client.followRun(
      runId,
      ({ event, data }) => {
        if (event === 'run') last = JSON.parse(data) as RunChanged;
        return event === 'end' || last?.state === 'hospital' ? 'end' : 'more';
      },
      this.#signal,
    );
    if (last?.state !== 'completed') throw await this.#errorOf(`Run ${runId}`, last);
    return await new Promise<never>(() => {});
  }

  /** `end`: what the cluster says of it. */
  async #errorOf(what: string, end: Ending | undefined): Promise<GoboolError> {
    if (end?.error !== undefined) return await failureFromData(knownError(end.error), this.#run.map);
    return new GoboolError('GB_RUN_CANCELLED', `${what} was ${end?.state ?? 'given up'} on the cluster.`);
  }
}
