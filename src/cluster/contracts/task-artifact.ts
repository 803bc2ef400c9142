/**
 * What is kept of a finished task for good: one artifact, a frame, with how it ended, what it was to do, and its pieces
 * byte by byte as its worker gave them, so that everything that is shown of it can be had again from there. The bars
 * that it traded are not repeated in it: the specification names their datasets, which are artifacts themselves, and a
 * thousand results over the same bars share them. A result longer than `VOLUME_BYTES` is spread over several
 * artifacts, of which the last one names the others.
 */
import type { MessageOf } from './define-message.ts';
import type { SubmissionView } from './http/run-view.ts';
import type { taskCompleted } from './messages/task-events.ts';

export interface TaskVolume {
  readonly v: 1;
  /** SHA-256 of each piece, in order. */
  readonly hashes: readonly string[];
  /** Bytes of each. */
  readonly sizes: readonly number[];
  /** The bytes, one piece after the other; zeros fill up the last word. */
  readonly words: Int32Array;
}

export interface TaskArtifact extends TaskVolume {
  /** Of the attempt that counts. */
  readonly ending: Omit<MessageOf<typeof taskCompleted>, 'slot'>;
  /** Of its run; null where it is not known any more. */
  readonly submission: Omit<SubmissionView, 'runId'> | null;
  /** Hashes of artifacts with a `TaskVolume` each: the pieces that come before. */
  readonly volumes: readonly string[];
}

export interface KeptPiece {
  /** SHA-256 of the body. */
  readonly hash: string;
  /** A frame with a `Piece`, or a part of one. */
  readonly body: Uint8Array;
}

/** Pieces of one volume, unless a single one has more. */
export const VOLUME_BYTES = 8_000_000;

export function volumeOf(pieces: readonly KeptPiece[]): TaskVolume {
  const sizes = pieces.map(({ body }) => body.length);
  const words = new Int32Array(Math.ceil(sizes.reduce((sum, size) => sum + size, 0) / Int32Array.BYTES_PER_ELEMENT));
  const bytes = new Uint8Array(words.buffer);
  let at = 0;
  for (const { body } of pieces) {
    bytes.set(body, at);
    at += body.length;
  }
  return { v: 1, hashes: pieces.map(({ hash }) => hash), sizes, words };
}

export function piecesOf({ hashes, sizes, words }: TaskVolume): readonly KeptPiece[] {
  const bytes = new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
  let at = 0;
  return hashes.map((hash, i) => {
    const from = at;
    at += sizes[i] ?? 0;
    return { hash, body: bytes.subarray(from, at) };
  });
}
