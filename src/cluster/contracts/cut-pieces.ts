/**
 * A piece that is longer than a message of the log may be is cut: into pieces that each hold a part of its frame.
 * Whoever reads puts the parts together, and has the piece as if it had come whole.
 */
import { GoboolError } from '../../runtime/base/error.ts';
import { decodeFrame, encodeFrame } from './frame.ts';
import { PIECE_MAX_BYTES, type Piece } from './piece.ts';

interface PiecePart {
  readonly kind: 'part';
  /** From 0 on. */
  readonly part: number;
  readonly parts: number;
  /** Bytes of the whole piece's frame; frames are multiples of 8 bytes long. */
  readonly words: Int32Array;
}

/** Room for what stands around the words. */
const PART_WORDS = Math.floor((PIECE_MAX_BYTES - 1_000) / Int32Array.BYTES_PER_ELEMENT);
const WHOLE_MAX_PARTS = 16;

/** The frames to publish, in order; most pieces have one. */
export function framesOf(piece: Piece): readonly Buffer[] {
  const whole = encodeFrame(piece);
  if (whole.length <= PIECE_MAX_BYTES) return [whole];
  const words = new Int32Array(whole.buffer, whole.byteOffset, whole.length / Int32Array.BYTES_PER_ELEMENT);
  const parts = Math.ceil(words.length / PART_WORDS);
  return Array.from({ length: parts }, (_, part) => {
    const own = words.subarray(part * PART_WORDS, (part + 1) * PART_WORDS);
    return encodeFrame({ kind: 'part', part, parts, words: own } satisfies PiecePart);
  });
}

/** Puts the frames of one task together again. */
export class PieceReader {
  #parts: Buffer[] = [];

  /** Undefined until the last part of a piece. Throws `GB_FRAME_INVALID`. The caller checks the shape. */
  take(frame: Uint8Array): unknown {
    const value = decodeFrame(frame);
    if (!isPart(value)) {
      if (this.isWaiting) throw lost();
      return value;
    }
    const { part, parts, words } = value;
    if (part !== this.#parts.length || part >= parts || parts > WHOLE_MAX_PARTS) throw lost();
    this.#parts.push(Buffer.from(words.buffer, words.byteOffset, words.byteLength));
    if (this.#parts.length < parts) return undefined;
    const whole = Buffer.concat(this.#parts);
    this.#parts = [];
    return decodeFrame(whole);
  }

  /** Whether the last piece still lacks parts. */
  get isWaiting(): boolean {
    return this.#parts.length > 0;
  }
}

function isPart(value: unknown): value is PiecePart {
  return typeof value === 'object' && value !== null && 'words' in value && value.words instanceof Int32Array;
}

const lost = () => new GoboolError('GB_FRAME_INVALID', 'A piece in parts does not have its next part.');
