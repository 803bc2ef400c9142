/** One task in one sandbox, from `claimed` to what is to be said at its end. */
import { createHash } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { errorToData, GoboolError } from '../../../runtime/base/error.ts';
import { taskClaimed, taskProgress } from '../../contracts/messages/task-events.ts';
import type { Sandbox, SandboxHooks, SandboxOutcome } from '../../sandbox/sandbox.ts';
import { crashPoint } from '../common/crash-point.ts';
import { isAway } from '../common/engines-away.ts';
import { causedBy } from '../common/trace.ts';
import type { ArtifactCache } from './artifact-cache.ts';
import { DRAINED, type TakenTask } from './inbox.ts';
import { loadTask } from './load-task.ts';
import type { Outgoing } from './outgoing.ts';
import type { PoolNews } from './pool-news.ts';

export interface Performer {
  readonly workerId: string;
  readonly cpu: number | null;
  readonly artifacts: ArtifactCache;
  readonly outgoing: Outgoing;
  readonly onNews: (news: PoolNews) => void;
}

/** `WORKER`: it could not be done here, by no fault of the task's code. */
export type Ending =
  | (Extract<SandboxOutcome, { verdict: 'DONE' }> & { readonly elapsedMs: number })
  | Exclude<SandboxOutcome, { verdict: 'DONE' }>
  | { readonly verdict: 'WORKER'; readonly error: ReturnType<typeof errorToData> }
  | { readonly verdict: 'RETURNED'; readonly reason: string };

const PROGRESS_EVERY_MS = 500;
/** Artifacts that cannot be had for so long are no reason to hold a task. */
const ARTIFACTS_PATIENCE_MS = 10_000;
const ARTIFACTS_RETRY_MS = 250;

export async function performTask(task: TakenTask, sandbox: Sandbox, performer: Performer): Promise<Ending> {
  const { start, span, signal } = task;
  const { cpu, outgoing } = performer;
  const startMs = performance.now();
  const subject = subjectOf(task, performer);
  void outgoing.event(taskClaimed, { ...subject, slot: start.slot, pid: sandbox.pid, cpu }, causedBy(span));
  crashPoint('worker.claimed');
  try {
    const work = await loadPatiently(task, performer);
    const outcome = await sandbox.run(work, hooksOf(task, performer));
    if (outcome.verdict === 'DONE') return { ...outcome, elapsedMs: performance.now() - startMs };
    return outcome.verdict === 'CANCELLED' ? interrupted(signal) : outcome;
  } catch (error) {
    if (signal.aborted) return interrupted(signal);
    if (!(error instanceof GoboolError)) throw error;
    if (isAway(error)) return { verdict: 'RETURNED', reason: error.message.slice(0, 500) };
    return { verdict: 'WORKER', error: errorToData(error) };
  }
}

export const subjectOf = ({ start: { taskId, runId, attempt } }: TakenTask, { workerId }: Performer) => ({
  taskId,
  runId,
  attempt,
  workerId,
});

function interrupted({ reason }: AbortSignal): Ending {
  if (reason === DRAINED) return { verdict: 'RETURNED', reason: 'draining' };
  return { verdict: 'CANCELLED', error: errorToData(new GoboolError('GB_RUN_CANCELLED', 'The run was cancelled.')) };
}

async function loadPatiently({ start, signal }: TakenTask, { artifacts }: Performer) {
  const deadlineMs = performance.now() + ARTIFACTS_PATIENCE_MS;
  for (;;) {
    signal.throwIfAborted();
    try {
      return await loadTask(start.spec, artifacts);
    } catch (error) {
      if (!isAway(error) || performance.now() > deadlineMs) throw error;
      await pause(ARTIFACTS_RETRY_MS);
    }
  }
}

function hooksOf(task: TakenTask, performer: Performer): SandboxHooks {
  const { start, span, signal } = task;
  const { taskId, runId, attempt } = start;
  const cause = causedBy(span);
  const { outgoing, onNews } = performer;
  return {
    signal,
    onUsage: usage => onNews({ type: 'used', ...usage }),
    async onPiece(seq, frame) {
      const hash = createHash('sha256').update(frame).digest('hex');
      await outgoing.piece({ taskId, runId, attempt, seq, hash }, frame, cause);
      crashPoint(`worker.piece_${seq}`);
    },
    onProgress: seldom(PROGRESS_EVERY_MS, (step, steps) =>
      outgoing.event(taskProgress, { ...subjectOf(task, performer), step, steps }, cause),
    ),
  };
}

/** Drops what comes too soon, or while the one before is still on its way. */
function seldom(everyMs: number, send: (step: number, steps: number) => Promise<void>) {
  let nextMs = 0;
  let isSending = false;
  return (step: number, steps: number): void => {
    if (isSending || performance.now() < nextMs) return;
    nextMs = performance.now() + everyMs;
    isSending = true;
    send(step, steps).then(
      () => {
        isSending = false;
      },
      () => {},
    );
  };
}
