/** What the log says of runs and tasks, decoded. Types that join does not need are none of its facts. */
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { GoboolError } from '../../../runtime/base/error.ts';
import { decodeMessage, type MessageOf } from '../../contracts/define-message.ts';
import { Attempt, Hash, RunId, TaskId } from '../../contracts/fields.ts';
import { MESSAGES } from '../../contracts/messages/index.ts';
import { runChanged } from '../../contracts/messages/run-changed.ts';
import { runSubmit } from '../../contracts/messages/run-submit.ts';
import { taskClaimed, taskCompleted, taskFailed, taskProgress } from '../../contracts/messages/task-events.ts';
import { PIECE_TYPE, type PieceHeaders } from '../../contracts/piece.ts';
import type { Message } from '../../ports/bus.ts';

export interface PieceFact extends PieceHeaders {
  readonly type: 'piece';
  readonly body: Uint8Array;
}

export type Fact =
  | PieceFact
  | { readonly type: 'submitted'; readonly message: MessageOf<typeof runSubmit>; readonly correlationId: string | null }
  | { readonly type: 'changed'; readonly message: MessageOf<typeof runChanged> }
  | { readonly type: 'claimed'; readonly message: MessageOf<typeof taskClaimed> }
  | { readonly type: 'progress'; readonly message: MessageOf<typeof taskProgress> }
  | { readonly type: 'completed'; readonly message: MessageOf<typeof taskCompleted> }
  | { readonly type: 'failed'; readonly message: MessageOf<typeof taskFailed> };

/** Throws `GB_MESSAGE_INVALID`. Nothing: a message for others. */
export function factOf({ headers, value }: Message): Fact | undefined {
  const type = headers.type ?? 'none';
  switch (type) {
    case PIECE_TYPE:
      return { type: 'piece', body: value, ...pieceHeaders(headers) };
    case runSubmit.type:
      return {
        type: 'submitted',
        message: decodeMessage(runSubmit, value),
        correlationId: headers['correlation-id'] ?? null,
      };
    case runChanged.type:
      return { type: 'changed', message: decodeMessage(runChanged, value) };
    case taskClaimed.type:
      return { type: 'claimed', message: decodeMessage(taskClaimed, value) };
    case taskProgress.type:
      return { type: 'progress', message: decodeMessage(taskProgress, value) };
    case taskCompleted.type:
      return { type: 'completed', message: decodeMessage(taskCompleted, value) };
    case taskFailed.type:
      return { type: 'failed', message: decodeMessage(taskFailed, value) };
    default:
      if (MESSAGES.has(type)) return undefined;
      throw new GoboolError('GB_MESSAGE_INVALID', `Nobody knows messages of the type ${type}.`);
  }
}

/** Nothing where `factOf` throws: the writer tells of messages that cannot be read. */
export function readableFact(message: Message): Fact | undefined {
  try {
    return factOf(message);
  } catch (error) {
    if (error instanceof GoboolError) return undefined;
    throw error;
  }
}

const Headers = Type.Object({
  taskId: TaskId,
  runId: RunId,
  attempt: Attempt,
  seq: Type.Integer({ minimum: 0 }),
  hash: Hash,
});

function pieceHeaders({ taskId, runId, attempt, seq, hash }: Message['headers']): PieceHeaders {
  const headers = { taskId, runId, attempt: Number(attempt), seq: Number(seq), hash };
  if (Value.Check(Headers, headers)) return headers;
  throw new GoboolError('GB_MESSAGE_INVALID', `A ${PIECE_TYPE} does not have the headers of one.`);
}
