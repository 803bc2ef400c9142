/**
 * What comes in on a worker's partition. It opens one slot at a time and hands on the task that fills it; every other
 * task goes back at once. Nothing here waits: the bus is told at once that a message was handled.
 */
import { GoboolError } from '../../../runtime/base/error.ts';
import { decodeMessage } from '../../contracts/define-message.ts';
import { taskStart } from '../../contracts/messages/task-start.ts';
import { taskStop } from '../../contracts/messages/task-stop.ts';
import type { Message } from '../../ports/bus.ts';
import { type Cause, causeIn, nextSpan, type Span } from '../common/trace.ts';
import { isToStop, onStart, type Standing, type TaskStart } from './assignment.ts';

/** Reasons for which a task's signal aborts. */
const STOPPED = 'stopped';
export const DRAINED = 'drained';

export interface TakenTask {
  readonly start: TaskStart;
  readonly span: Span;
  /** Aborts with `STOPPED` or `DRAINED`. */
  readonly signal: AbortSignal;
}

export interface InboxOptions {
  readonly workerId: string;
  readonly giveBack: (start: TaskStart, reason: string, cause: Cause) => void;
  /** Told of a message that nobody can read. */
  readonly refuse: (message: Message, error: unknown) => void;
}

/** Slots whose tasks are remembered, so that a message that comes twice is recognised. */
const REMEMBERED_SLOTS = 16;

export class Inbox {
  readonly #options: InboxOptions;
  readonly #filled = new Map<number, TaskStart>();
  #slot = -1;
  #isDraining = false;
  #running: { readonly start: TaskStart; readonly controller: AbortController } | undefined;
  #waiting: ((taken: TakenTask | undefined) => void) | undefined;

  constructor(options: InboxOptions) {
    this.#options = options;
  }

  /** Resolves to the task that fills the slot; to nothing where it drains. The task before it is over. */
  open(slot: number): Promise<TakenTask | undefined> {
    this.#running = undefined;
    this.#slot = slot;
    this.#filled.delete(slot - REMEMBERED_SLOTS);
    const { promise, resolve } = Promise.withResolvers<TakenTask | undefined>();
    if (this.#isDraining) resolve(undefined);
    else this.#waiting = resolve;
    return promise;
  }

  /** Takes nothing more; what runs is ended after the grace. */
  drain(graceMs: number): void {
    this.#isDraining = true;
    this.#waiting?.(undefined);
    const { controller } = this.#running ?? {};
    if (controller !== undefined) setTimeout(() => controller.abort(DRAINED), graceMs).unref();
  }

  /** For the bus. */
  readonly handle = (message: Message): void => {
    try {
      this.#handle(message);
    } catch (error) {
      this.#options.refuse(message, error);
    }
  };

  #handle({ headers, value }: Message): void {
    switch (headers.type) {
      case taskStart.type: {
        const start = decodeMessage(taskStart, value);
        this.#start(start, causeIn(headers, start.runId));
        return;
      }
      case taskStop.type:
        if (isToStop(decodeMessage(taskStop, value), this.#standing())) this.#running?.controller.abort(STOPPED);
        return;
      default:
        throw new GoboolError('GB_MESSAGE_INVALID', `No worker knows messages of type ${headers.type ?? '(none)'}.`);
    }
  }

  #start(start: TaskStart, cause: Cause): void {
    const decision = onStart(start, this.#standing());
    if (decision.do === 'return') this.#options.giveBack(start, decision.reason, cause);
    if (decision.do !== 'take') return;
    const controller = new AbortController();
    this.#running = { start, controller };
    this.#filled.set(start.slot, start);
    this.#waiting?.({ start, span: nextSpan(cause), signal: controller.signal });
    this.#waiting = undefined;
  }

  #standing(): Standing {
    return {
      workerId: this.#options.workerId,
      slot: this.#slot,
      isDraining: this.#isDraining,
      running: this.#running?.start,
      filled: this.#filled,
    };
  }
}
