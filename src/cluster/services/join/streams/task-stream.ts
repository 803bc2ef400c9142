/**
 * What one reader of a task's stream gets, and when: every piece once, in order, whoever brings it. Pieces come from
 * the log as they are made and from the store, late, twice, from two attempts, in any interleaving; the news that the
 * task has ended may overtake its last pieces. A piece ahead of its turn waits in a bounded buffer.
 *
 * A hole is filled by a replay from the store, which its owner begins only after everything that is in the log by then
 * is stored. So what such a replay does not bring, though it was known to exist before, is lost, and the reader is
 * told: `gap`.
 *
 * Pure: events in, effects out, no clock, no I/O.
 */
import { createHash } from 'node:crypto';
import type { ErrorData } from '../../../../runtime/base/error.ts';

export interface StreamPiece {
  /** 0, 1, 2 ... */
  readonly seq: number;
  readonly hash: string;
  readonly body: Uint8Array;
}

export interface Claim {
  readonly attempt: number;
}

type EndError = Omit<ErrorData, 'code'> & { readonly code: string };

export type TaskEnding =
  | { readonly state: 'completed'; readonly pieces: number; readonly rootHash: string; readonly resultHash?: string }
  | { readonly state: 'failed' | 'cancelled'; readonly error?: EndError };

export type TaskStreamEvent<C extends Claim = Claim> =
  | { readonly type: 'piece'; readonly piece: StreamPiece }
  | { readonly type: 'claimed'; readonly claim: C }
  /** `attempt`: the one that ended so. */
  | { readonly type: 'ended'; readonly ending: TaskEnding; readonly attempt: number }
  /** The task's run is over; it need not have begun. The task's own end, if there is one, goes first. */
  | { readonly type: 'run-ended'; readonly ending: TaskEnding & { readonly state: 'failed' | 'cancelled' } }
  /** Two attempts gave different pieces. */
  | { readonly type: 'conflict'; readonly seq: number }
  /** All that was in the log when the replay was asked for was stored, and has been replayed. */
  | { readonly type: 'replayed' }
  /** Some time passed. Only needed while `wantsTick`. */
  | { readonly type: 'tick' };

export type TaskStreamEffect<C extends Claim = Claim> =
  | { readonly type: 'piece'; readonly piece: StreamPiece }
  | { readonly type: 'claimed'; readonly claim: C }
  /** The pieces `[from, to)` are nowhere. */
  | { readonly type: 'gap'; readonly from: number; readonly to: number }
  /** Replay from `next` on; `replayed` must follow. */
  | { readonly type: 'replay' }
  /** The last one. `pieces`: of the task, or where that is unknown, those that were sent. */
  | { readonly type: 'end'; readonly ending: TaskEnding; readonly pieces: number };

const BUFFER_BYTES_MAX = 8 * 2 ** 20;

/** What the log brings in two partitions may come a little apart. */
const PATIENCE_TICKS = 2;

export class TaskStream<C extends Claim = Claim> {
  readonly #first: number;
  #next: number;
  /** All pieces before this one exist. */
  #known: number;
  #knownBeforeReplay = 0;
  #isReplaying = true;
  readonly #buffer = new Map<number, StreamPiece>();
  #bufferBytes = 0;
  /** Of the pieces that were sent, from the first one on. */
  readonly #hashes: string[] = [];
  #hasGap = false;
  #attempt = 0;
  #ending: TaskEnding | undefined;
  #runEnding: TaskEnding | undefined;
  #ticks = 0;
  #isOver = false;
  #effects: TaskStreamEffect<C>[] = [];

  /** A new stream is to be replayed from `next` on: 0, or what follows the last piece that the reader has. */
  constructor(next: number) {
    this.#first = next;
    this.#next = next;
    this.#known = next;
  }

  /** The piece that the reader gets next. */
  get next(): number {
    return this.#next;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  get wantsTick(): boolean {
    return !this.#isOver && !this.#isReplaying && (this.#hasHole || this.#runEnding !== undefined);
  }

  take(event: TaskStreamEvent<C>): readonly TaskStreamEffect<C>[] {
    if (this.#isOver) return [];
    this.#effects = [];
    this.#apply(event);
    this.#sendBuffered();
    this.#endIfDone();
    return this.#effects;
  }

  get #hasHole(): boolean {
    return this.#next < this.#known;
  }

  #apply(event: TaskStreamEvent<C>): void {
    switch (event.type) {
      case 'piece':
        this.#arrived(event.piece);
        break;
      case 'claimed':
        this.#claimed(event.claim);
        break;
      case 'ended':
        this.#ended(event.ending, event.attempt);
        break;
      case 'run-ended':
        this.#runEnding ??= event.ending;
        break;
      case 'conflict':
        this.#differs(event.seq);
        break;
      case 'replayed':
        this.#replayed();
        break;
      case 'tick':
        this.#tick();
    }
  }

  #claimed(claim: C): void {
    if (claim.attempt <= this.#attempt) return;
    this.#attempt = claim.attempt;
    if (this.#ending?.state !== 'completed') this.#ending = undefined;
    this.#effects.push({ type: 'claimed', claim });
  }

  /** Where a later attempt was claimed, command had given up the failed one before it failed: that does not count. */
  #ended(ending: TaskEnding, attempt: number): void {
    if (ending.state === 'completed') this.#known = Math.max(this.#known, ending.pieces);
    else if (attempt < this.#attempt) return;
    if (this.#ending?.state !== 'completed') this.#ending = ending;
  }

  #arrived(piece: StreamPiece): void {
    const { seq, hash } = piece;
    const earlier = this.#hashes[seq - this.#first] ?? this.#buffer.get(seq)?.hash;
    if (earlier !== undefined && earlier !== hash) this.#differs(seq);
    else if (earlier === undefined && seq >= this.#next) this.#keep(piece);
    this.#known = Math.max(this.#known, seq + 1);
  }

  /** One that does not fit is a hole, and comes with a replay. */
  #keep(piece: StreamPiece): void {
    const bytes = this.#bufferBytes + piece.body.length;
    if (piece.seq !== this.#next && bytes > BUFFER_BYTES_MAX) return;
    this.#buffer.set(piece.seq, piece);
    this.#bufferBytes = bytes;
  }

  #sendBuffered(): void {
    for (let piece = this.#buffer.get(this.#next); piece !== undefined; piece = this.#buffer.get(this.#next)) {
      this.#buffer.delete(this.#next);
      this.#bufferBytes -= piece.body.length;
      this.#hashes[piece.seq - this.#first] = piece.hash;
      this.#next++;
      this.#effects.push({ type: 'piece', piece });
    }
  }

  #replayed(): void {
    this.#isReplaying = false;
    this.#ticks = 0;
    while (this.#next < this.#knownBeforeReplay && !this.#buffer.has(this.#next)) {
      const to = Math.min(this.#knownBeforeReplay, ...this.#buffer.keys());
      this.#effects.push({ type: 'gap', from: this.#next, to });
      this.#hasGap = true;
      this.#next = to;
      this.#sendBuffered();
    }
  }

  #tick(): void {
    if (!this.wantsTick || ++this.#ticks < PATIENCE_TICKS) return;
    if (this.#hasHole) {
      this.#isReplaying = true;
      this.#knownBeforeReplay = this.#known;
      this.#effects.push({ type: 'replay' });
    } else this.#end(this.#runEnding);
  }

  #endIfDone(): void {
    const ending = this.#ending;
    if (ending === undefined) return;
    if (ending.state === 'completed') {
      if (this.#next < ending.pieces) return;
      if (this.#isOfOtherPieces(ending)) this.#differs();
    } else if (this.#isReplaying) return;
    this.#end(ending);
  }

  #end(ending: TaskEnding | undefined): void {
    if (ending === undefined || this.#isOver) return;
    this.#isOver = true;
    this.#buffer.clear();
    this.#effects.push({ type: 'end', ending, pieces: ending.state === 'completed' ? ending.pieces : this.#next });
  }

  /** Only who got all pieces can tell. */
  #isOfOtherPieces({ pieces, rootHash }: TaskEnding & { readonly state: 'completed' }): boolean {
    if (this.#first > 0 || this.#hasGap) return false;
    return this.#hashes.length !== pieces || rootHash !== rootHashOf(this.#hashes);
  }

  #differs(seq?: number): void {
    const where = seq === undefined ? '' : ` at piece ${seq}`;
    const message = `Two attempts at the task gave different results${where}.`;
    this.#end({ state: 'failed', error: { code: 'GB_NONDETERMINISTIC', message } });
  }
}

/** `hashes`: of a task's pieces, in order. */
export const rootHashOf = (hashes: readonly string[]): string =>
  createHash('sha256').update(hashes.join('')).digest('hex');
