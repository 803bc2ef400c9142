/** One run of the cluster, from its submit to what became of it. */
import { GoboolError } from '../../runtime/base/error.ts';
import { cancelled } from '../../runtime/host/executors/supervisor.ts';
import type { Artifact } from './artifact.ts';
import type { GatewayClient, SubmittedRun } from './gateway-client.ts';
import { type FollowedTask, RunFollower } from './run-follower.ts';
import type { TaskHooks } from './task-reader.ts';

export interface RunCall {
  readonly client: GatewayClient;
  /** Source map of its bundle: errors name lines of the user's files. */
  readonly map: string;
  /** Cancels the run, and ends it with `GB_RUN_CANCELLED`. */
  readonly signal?: AbortSignal | undefined;
}

/** Task `n` of the run, from its first piece to its last. */
export type ReadTask = (n: number, hooks: TaskHooks) => Promise<FollowedTask>;

/**
 * Uploads what is missing of `artifacts`, submits, and resolves with what `read` gives. Throws the first error of a
 * task, or of the run as a whole.
 */
export async function submitRun<T>(
  { client, map, signal }: RunCall,
  artifacts: readonly Artifact[],
  run: SubmittedRun,
  read: (readTask: ReadTask) => Promise<T>,
): Promise<T> {
  let runId: string | undefined;
  try {
    await client.store(artifacts, signal);
    signal?.throwIfAborted();
    const startMs = performance.now();
    runId = await client.submit(run);
    using follower = new RunFollower({ client, map, runId, startMs, signal });
    return await Promise.race([read((n, hooks) => follower.readTask(n, hooks)), follower.failure()]);
  } catch (error) {
    if (!signal?.aborted) throw error;
    if (runId !== undefined) await cancel(client, runId);
    throw cancelled();
  }
}

async function cancel(client: GatewayClient, runId: string): Promise<void> {
  await client.cancel(runId).catch((cause: unknown) => {
    throw new GoboolError('GB_RUN_CANCELLED', `The cluster could not be told to stop ${runId}.`, { cause });
  });
}
