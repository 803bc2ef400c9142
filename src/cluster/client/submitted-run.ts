/** One run of the cluster, from its submit to what became of it. */
import { GoboolError } from '../../runtime/base/error.ts';
import { cancelled } from '../../runtime/host/executors/supervisor.ts';
import type { RunSpec } from '../contracts/run-spec.ts';
import type { Artifact } from './artifact.ts';
import type { GatewayClient, SubmittedRun } from './gateway-client.ts';
import { LeftRun } from './left-run.ts';
import type { Observe } from './run-event.ts';
import { type FollowedRun, type FollowedTask, RunFollower } from './run-follower.ts';
import type { TaskHooks } from './task-reader.ts';

/** What is the caller's own about a run that the cluster now has. */
export interface RunHold {
  readonly observe: Observe;
  /** Aborted: nobody waits for the run any more, and it goes on. */
  readonly leave: AbortSignal;
  readonly isPatient: boolean;
}

/** A run that the cluster has, as whoever submitted it knows it. */
export interface BegunRun {
  readonly runId: string;
  readonly name: string;
  readonly spec: RunSpec;
  /** Source map of its bundle. */
  readonly map: string;
  /** All that the spec names. */
  readonly artifacts: readonly Artifact[];
}

export interface RunCall {
  readonly client: GatewayClient;
  /** Source map of its bundle: errors name lines of the user's files. */
  readonly map: string;
  /** Ends the call: a run that is held goes on, and any other is cancelled. */
  readonly signal?: AbortSignal | undefined;
  /** Called once the cluster has the run. Undefined: it is a step of something else, and dies with it. */
  readonly begin?: ((run: BegunRun) => RunHold | undefined) | undefined;
}

/** Task `n` of the run, from its first piece to its last. */
export type ReadTask = (n: number, hooks: TaskHooks) => Promise<FollowedTask>;

type Read<T> = (readTask: ReadTask) => Promise<T>;

/**
 * Uploads what is missing of `artifacts`, submits, and resolves with what `read` gives. Throws the first error of a
 * task, or of the run as a whole; `LeftRun`, or GB_RUN_CANCELLED, where the call is ended.
 */
export async function submitRun<T>(
  { client, map, signal, begin }: RunCall,
  artifacts: readonly Artifact[],
  run: SubmittedRun,
  read: Read<T>,
): Promise<T> {
  let runId: string | undefined;
  try {
    await client.store(artifacts, signal);
    signal?.throwIfAborted();
    const startMs = performance.now();
    runId = await client.submit(run);
    const hold = begin?.({ runId, name: run.name, spec: run.spec, map, artifacts });
    const followed = { client, map, runId, startMs, signal };
    return await (hold ? followHeld({ ...followed, ...hold }, read) : followRun(followed, read));
  } catch (error) {
    if (!signal?.aborted || error instanceof LeftRun) throw error;
    if (runId !== undefined) await cancel(client, runId);
    throw cancelled();
  }
}

/** A run that goes on where the call ends: throws `LeftRun` then. */
export async function followHeld<T>(run: FollowedRun & RunHold, read: Read<T>): Promise<T> {
  const signals = [run.leave, ...(run.signal ? [run.signal] : [])];
  const signal = AbortSignal.any(signals);
  try {
    signal.throwIfAborted();
    return await followRun({ ...run, signal }, read);
  } catch (error) {
    throw signal.aborted ? new LeftRun(run.runId) : error;
  }
}

async function followRun<T>(run: FollowedRun, read: Read<T>): Promise<T> {
  using follower = new RunFollower(run);
  return await Promise.race([read((n, hooks) => follower.readTask(n, hooks)), follower.failure()]);
}

async function cancel(client: GatewayClient, runId: string): Promise<void> {
  await client.cancel(runId).catch((cause: unknown) => {
    throw new GoboolError('GB_RUN_CANCELLED', `The cluster could not be told to stop ${runId}.`, { cause });
  });
}
