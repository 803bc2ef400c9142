/**
 * What goes through the two pipes of a sandbox. In: parts, each behind its length (uint32, little-endian), until the
 * end of the pipe. Out: messages, each behind its length (uint32) and its kind (one byte).
 * What comes out may be anything, so every kind has a length that it cannot exceed.
 */
import { GoboolError } from '../../runtime/base/error.ts';
import { PIECE_MAX_BYTES } from '../contracts/piece.ts';

/** Descriptors inside of the sandbox. */
export const TASK_PIPE = 3;
export const RESULT_PIPE = 4;

export const KIND = {
  /** It is warm. No body. */
  ready: 0,
  /** The step that runs now, and how many there are: two uint32. */
  progress: 1,
  /** A frame with a `Piece`. */
  piece: 2,
  /** The task has ended, well. No body. */
  done: 3,
  /** A frame with an `ErrorData`. */
  failed: 4,
} as const;
export type Kind = (typeof KIND)[keyof typeof KIND];

const MAX_BYTES: Readonly<Record<number, number>> = {
  [KIND.ready]: 0,
  [KIND.progress]: 8,
  [KIND.piece]: PIECE_MAX_BYTES,
  [KIND.done]: 0,
  [KIND.failed]: 500_000,
};

const LENGTH_BYTES = 4;
const HEADER_BYTES = LENGTH_BYTES + 1;

export interface Message {
  readonly kind: Kind;
  readonly body: Buffer;
}

export function encodeMessage(kind: Kind, body: Uint8Array = new Uint8Array(0)): Buffer {
  const message = Buffer.alloc(HEADER_BYTES + body.length);
  message.writeUInt32LE(body.length);
  message.writeUInt8(kind, LENGTH_BYTES);
  message.set(body, HEADER_BYTES);
  return message;
}

/** Ends where the stream ends between two messages. Throws `GB_SANDBOX_PROTOCOL` for anything else than messages. */
export async function* readMessages(stream: AsyncIterable<Buffer>): AsyncGenerator<Message, undefined> {
  let parts: Buffer[] = [];
  let available = 0;
  let wanted = HEADER_BYTES;
  for await (const part of stream) {
    parts.push(part);
    available += part.length;
    if (available < wanted) continue;
    let rest: Buffer = Buffer.concat(parts);
    while (rest.length >= HEADER_BYTES && rest.length >= sizeOf(rest)) {
      const size = sizeOf(rest);
      yield { kind: rest.readUInt8(LENGTH_BYTES) as Kind, body: rest.subarray(HEADER_BYTES, size) };
      rest = rest.subarray(size);
    }
    parts = [rest];
    available = rest.length;
    wanted = available < HEADER_BYTES ? HEADER_BYTES : sizeOf(rest);
  }
  if (available > 0) throw protocolError('it stopped in the middle of a message');
}

/** Of the message that begins here, header included. */
function sizeOf(bytes: Buffer): number {
  const length = bytes.readUInt32LE();
  const maxBytes = MAX_BYTES[bytes.readUInt8(LENGTH_BYTES)];
  if (maxBytes === undefined) throw protocolError('it sent a message of no known kind');
  if (length > maxBytes) throw protocolError(`it sent a message of ${length} bytes, of ${maxBytes} at most`);
  return HEADER_BYTES + length;
}

export function protocolError(why: string): GoboolError {
  return new GoboolError('GB_SANDBOX_PROTOCOL', `The task did what no task does: ${why}.`);
}

export function encodeParts(parts: readonly Buffer[]): readonly Buffer[] {
  return parts.flatMap(part => {
    const length = Buffer.alloc(LENGTH_BYTES);
    length.writeUInt32LE(part.length);
    return [length, part];
  });
}

/** Views of `bytes`, which the host has written. */
export function decodeParts(bytes: Buffer): readonly Buffer[] {
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const start = at + LENGTH_BYTES;
    at = start + bytes.readUInt32LE(at);
    parts.push(bytes.subarray(start, at));
  }
  return parts;
}
