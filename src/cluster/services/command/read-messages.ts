/** What comes from the log, decoded. */
import type { Static, TSchema } from 'typebox';
import { GoboolError } from '../../../runtime/base/error.ts';
import { decodeMessage, type MessageContract, type MessageOf } from '../../contracts/define-message.ts';
import { caseResolve } from '../../contracts/messages/case-resolve.ts';
import { runCancel } from '../../contracts/messages/run-cancel.ts';
import { runReorder } from '../../contracts/messages/run-reorder.ts';
import { runSubmit } from '../../contracts/messages/run-submit.ts';
import {
  taskClaimed,
  taskCompleted,
  taskFailed,
  taskProgress,
  taskReturned,
} from '../../contracts/messages/task-events.ts';
import type { Message } from '../../ports/bus.ts';
import type { FactOfTask } from './change-tasks.ts';
import { storable } from './storable.ts';

export type Command =
  | { readonly type: 'submit'; readonly submit: MessageOf<typeof runSubmit> }
  | { readonly type: 'cancel'; readonly cancel: MessageOf<typeof runCancel> }
  | { readonly type: 'reorder'; readonly reorder: MessageOf<typeof runReorder> }
  | { readonly type: 'resolve'; readonly resolution: MessageOf<typeof caseResolve> };

/** Throws `GB_MESSAGE_INVALID`, also for a type that this version does not know. */
export function readCommand(message: Message): Command {
  switch (message.headers.type) {
    case runSubmit.type:
      return { type: 'submit', submit: read(runSubmit, message) };
    case runCancel.type:
      return { type: 'cancel', cancel: read(runCancel, message) };
    case runReorder.type:
      return { type: 'reorder', reorder: read(runReorder, message) };
    case caseResolve.type:
      return { type: 'resolve', resolution: read(caseResolve, message) };
    default:
      throw unknownType(message);
  }
}

/** Nothing: progress, which never enters the database. Throws `GB_MESSAGE_INVALID`. */
export function readFact(message: Message): FactOfTask | undefined {
  const fact = factIn(message);
  return fact && { taskId: fact.taskId, fact };
}

function factIn(message: Message) {
  switch (message.headers.type) {
    case taskProgress.type:
      return undefined;
    case taskClaimed.type:
      return { type: 'claimed', ...read(taskClaimed, message) } as const;
    case taskCompleted.type:
      return { type: 'completed', ...read(taskCompleted, message) } as const;
    case taskFailed.type:
      return { type: 'failed', ...read(taskFailed, message) } as const;
    case taskReturned.type:
      return { type: 'returned', ...read(taskReturned, message) } as const;
    default:
      throw unknownType(message);
  }
}

const read = <S extends TSchema>(contract: MessageContract<S>, { value }: Message): Static<S> =>
  storable(decodeMessage(contract, value));

const unknownType = ({ headers }: Message) =>
  new GoboolError('GB_MESSAGE_INVALID', `Nobody here knows messages of type ${headers.type ?? '(none)'}.`);
