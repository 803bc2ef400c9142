/**
 * What a task's stream says, event by event: pieces in order and checked, who runs it, how it ended. Nothing of it is
 * trusted: a piece counts when it is the next one, and the end when the pieces have the worker's root hash.
 */
import { createHash } from 'node:crypto';
import type { EventSourceMessage } from 'eventsource-parser';
import { GoboolError } from '../../runtime/base/error.ts';
import { PieceReader } from '../contracts/cut-pieces.ts';
import type { MessageOf } from '../contracts/define-message.ts';
import type { taskProgress } from '../contracts/messages/task-events.ts';
import type { Piece } from '../contracts/piece.ts';
import { sha256 } from './artifact.ts';
import type { Taken } from './event-stream.ts';
import type { Claim, TaskEnd, TaskEvent } from './run-event.ts';

export interface TaskHooks {
  readonly onPiece: (piece: Piece) => void;
  readonly onProgress?: ((step: number, steps: number) => void) | undefined;
  /** Told of everything, after the others. */
  readonly observe?: (event: TaskEvent) => void;
}

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
      case 'progress':
        return this.#takeProgress(JSON.parse(data) as MessageOf<typeof taskProgress>);
      case 'claimed':
        this.claim = JSON.parse(data) as Claim;
        this.#hooks.observe?.({ type: 'claimed', claim: this.claim });
        return 'more';
      case 'gap':
        return this.#drop('again');
      case 'end':
        return this.#takeEnd(JSON.parse(data) as TaskEnd);
      default:
        return 'more';
    }
  }

  #takeProgress({ step, steps }: MessageOf<typeof taskProgress>): Taken {
    this.#hooks.onProgress?.(step, steps);
    this.#hooks.observe?.({ type: 'progress', step, steps });
    return 'more';
  }

  #takePiece(seq: number, data: string): Taken {
    if (seq !== this.#pieces) return this.#drop(seq < this.#pieces ? 'more' : 'again');
    const bytes = Buffer.from(data, 'base64');
    const piece = this.#reader.take(bytes) as Piece | undefined;
    if (piece !== undefined) this.#hooks.onPiece(piece);
    this.#rootHash.update(sha256(bytes));
    this.#pieces++;
    this.#hooks.observe?.({ type: 'piece', seq, ...(piece !== undefined && { piece }) });
    return 'more';
  }

  #takeEnd(end: TaskEnd): Taken {
    if (end.state === 'completed' && end.pieces !== this.#pieces) return this.#drop('again');
    this.end = end;
    if (end.state === 'completed' && this.#rootHash.digest('hex') !== end.rootHash)
      throw new GoboolError('GB_NONDETERMINISTIC', 'The pieces of the result are not those that the worker made.');
    this.#hooks.observe?.({ type: 'end', end });
    return 'end';
  }

  #drop(taken: Taken): Taken {
    this.#hooks.observe?.({ type: 'dropped' });
    return taken;
  }
}
