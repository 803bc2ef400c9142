/**
 * What a worker does with a message of its partition: a matter of who it is, which slot is open, and what it runs.
 * Pure.
 */
import type { MessageOf } from '../../contracts/define-message.ts';
import type { taskStart } from '../../contracts/messages/task-start.ts';
import type { taskStop } from '../../contracts/messages/task-stop.ts';

export type TaskStart = MessageOf<typeof taskStart>;
export type TaskStop = MessageOf<typeof taskStop>;

/** One attempt of one task. */
interface Attempt {
  readonly taskId: string;
  readonly attempt: number;
}

export interface Standing {
  readonly workerId: string;
  /** The slot that it offers or fills. */
  readonly slot: number;
  readonly isDraining: boolean;
  /** What fills the slot. */
  readonly running: Attempt | undefined;
  /** What filled the slots before, the latest ones. */
  readonly filled: ReadonlyMap<number, Attempt>;
}

/** `ignore`: the log may give a message twice, and a task that was taken must not be returned. */
export type StartDecision = { readonly do: 'take' | 'ignore' } | { readonly do: 'return'; readonly reason: string };

const isSame = (a: Attempt | undefined, b: Attempt) => a?.taskId === b.taskId && a.attempt === b.attempt;

export function onStart(start: TaskStart, { workerId, slot, isDraining, running, filled }: Standing): StartDecision {
  if (start.workerId !== workerId) return back(`it is for ${start.workerId}, this is ${workerId}`);
  if (isSame(running, start) || isSame(filled.get(start.slot), start)) return { do: 'ignore' };
  if (isDraining) return back('draining');
  if (start.slot !== slot) return back(`it is for slot ${start.slot}, open is ${slot}`);
  return running === undefined ? { do: 'take' } : back('busy');
}

const back = (reason: string): StartDecision => ({ do: 'return', reason });

/** Whether it is about what runs here. */
export const isToStop = (stop: TaskStop, { workerId, running }: Standing): boolean =>
  stop.workerId === workerId && isSame(running, stop);
