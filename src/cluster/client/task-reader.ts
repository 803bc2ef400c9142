/**
 * What a task's stream says, event by event: pieces in order and checked, who runs it, how it ended. Nothing of it is
 * trusted: a piece counts when it is the next one, and the end when the pieces have the worker's root hash.
 */
import { createHash } from 'node:crypto';
import type { EventSourceMessage } from 'eventsource-parser';
import { GoboolError } from '../../runtime/base/error.ts';
import { PieceReader } from '../contracts/cut-pieces.ts';
import type { MessageOf } from '../contracts/define-message.ts';
import type { taskClaimed, taskFailed, taskProgress } from '../contracts/messages/task-events.ts';
import type { Piece } from '../contracts/piece.ts';
import { sha256 } from './artifact.ts';
import type { Taken } from './event-stream.ts';

export interface TaskHooks {
  readonly onPiece: (piece: Piece) => void;
  readonly onProgress?: ((step: number, steps: number) => void) | undefined;
}

export interface TaskEnd {
  readonly state: 'completed' | 'failed' | 'cancelled';
  readonly pieces: number;
  readonly rootHash: string;
  /** Of a run: over what it decided (`result-hash.ts`). */
  readonly resultHash?: string;
  readonly error?: MessageOf<typeof taskFailed>['error'];
}

export type Claim = Pick<MessageOf<typeof taskClaimed>, 'workerId' | 'attempt' | 'pid' | 'cpu'>;

export class TaskReader {
  /** The last one; absent where the stream told of none. */
  claim: Claim | undefined;
  end: TaskEnd | undefined;
  readonly #hooks: TaskHooks;
  readonly #rootHash = createHash('sha256');
  readonly #reader = new PieceReader();
  #pieces = 0;

  constructor(hooks: TaskHooks) {
    this.#hooks = hooks;
  }

  /** Throws `GB_FRAME_INVALID`, `GB_NONDETERMINISTIC`, and what the hooks throw. */
  take({ event, id, data }: EventSourceMessage): Taken {
    switch (event) {
      case 'piece':
        return this.#takePiece(Number(id?.slice(id.lastIndexOf(':') + 1)), data);
      case 'progress': {
        const { step, steps } = JSON.parse(data) as MessageOf<typeof taskProgress>;
        this.#hooks.onProgress?.(step, steps);
        return 'more';
      }
      case 'claimed':
        this.claim = JSON.parse(data) as Claim;
        return 'more';
      case 'gap':
        return 'again';
      case 'end':
        return this.#takeEnd(JSON.parse(data) as TaskEnd);
      default:
        return 'more';
    }
  }

  #takePiece(seq: number, data: string): Taken {
    if (seq < this.#pieces) return 'more';
    if (seq !== this.#pieces) return 'again';
    const bytes = Buffer.from(data, 'base64');
    const piece = this.#reader.take(bytes);
    if (piece !== undefined) this.#hooks.onPiece(piece as Piece);
    this.#rootHash.update(sha256(bytes));
    this.#pieces++;
    return 'more';
  }

  #takeEnd(end: TaskEnd): Taken {
    if (end.state === 'completed' && end.pieces !== this.#pieces) return 'again';
    this.end = end;
    if (end.state !== 'completed' || this.#rootHash.digest('hex') === end.rootHash) return 'end';
    throw new GoboolError('GB_NONDETERMINISTIC', 'The pieces of the result are not those that the worker made.');
  }
}
