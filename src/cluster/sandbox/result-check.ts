/**
 * Follows a task's pieces from outside of its sandbox: each has a shape that is possible, and is the one that may
 * come now. What a strategy decided is its own affair; of a run, the hash of that is computed here.
 * Limitation: the hashes of a slice's rows come from inside.
 */
import { createHash } from 'node:crypto';
import { GoboolError } from '../../runtime/base/error.ts';
import type { Chunk, RunSummary } from '../../runtime/bundle/abi.ts';
import { ResultHasher } from '../../runtime/host/result-hash.ts';
import { PieceReader } from '../contracts/cut-pieces.ts';
import type { Piece } from '../contracts/piece.ts';
import type { TaskSpec } from '../contracts/run-spec.ts';
import { PIECE_SHAPES } from './piece-shapes.ts';
import type { SandboxOutcome } from './sandbox.ts';
import { protocolError } from './wire.ts';

/** Of all pieces of a task. */
const MAX_BYTES = 1_000_000_000;
const MAX_PIECES = 10_000;

const KINDS: Readonly<Record<TaskSpec['kind'], readonly Piece['kind'][]>> = {
  describe: ['description'],
  run: ['chunk', 'summary'],
  indicators: ['columns'],
  slice: ['rows'],
};

export class ResultCheck {
  readonly #spec: TaskSpec;
  readonly #root = createHash('sha256');
  readonly #hasher = new ResultHasher();
  readonly #reader = new PieceReader();
  #pieces = 0;
  #chunks = 0;
  #bytes = 0;
  /** Where the next chunk or row begins. */
  #next = 0;
  #isWhole = false;
  #resultHash: string | undefined;

  constructor(spec: TaskSpec) {
    this.#spec = spec;
    if (spec.kind === 'slice') this.#next = spec.from;
  }

  /** The number of the piece. Throws `GB_SANDBOX_PROTOCOL`. */
  accept(frame: Buffer): number {
    this.#bytes += frame.length;
    if (this.#bytes > MAX_BYTES || this.#pieces >= MAX_PIECES) throw protocolError('its result has no end');
    const piece = this.#read(frame);
    if (piece !== undefined) this.#follow(piece);
    this.#root.update(createHash('sha256').update(frame).digest('hex'));
    return this.#pieces++;
  }

  /** To be called once, after the last piece. */
  outcome(): Extract<SandboxOutcome, { verdict: 'DONE' }> {
    if (!this.#isWhole || this.#reader.isWaiting) throw protocolError('it was done before its result was whole');
    const resultHash = this.#resultHash;
    const rootHash = this.#root.digest('hex');
    return { verdict: 'DONE', pieces: this.#pieces, rootHash, ...(resultHash !== undefined && { resultHash }) };
  }

  #read(frame: Buffer): Piece | undefined {
    try {
      const piece = this.#reader.take(frame);
      return piece === undefined ? undefined : checkedPiece(piece);
    } catch (error) {
      throw isInvalid(error) ? protocolError(`a piece cannot be read (${error.message})`) : error;
    }
  }

  #follow(piece: Piece): void {
    if (this.#isWhole) throw protocolError('its result goes on after its end');
    if (!KINDS[this.#spec.kind].includes(piece.kind)) throw protocolError(`it gave ${piece.kind} for this task`);
    if (piece.kind === 'chunk') this.#addChunk(piece.chunk);
    else if (piece.kind === 'rows') this.#addRows(piece.from, piece.rows.length);
    else if (piece.kind === 'summary') this.#addSummary(piece.summary);
    else this.#isWhole = true;
  }

  #addChunk(chunk: Chunk): void {
    const { seq, fromStep, toStep, time, equity } = chunk;
    const steps = toStep - fromStep;
    if (seq !== this.#chunks || fromStep !== this.#next || steps < 0) throw protocolError('its chunks have a hole');
    if (time.length !== steps || equity.length !== steps) throw protocolError('a chunk has columns of other lengths');
    this.#next = toStep;
    this.#chunks++;
    this.#hasher.update(chunk);
  }

  #addRows(from: number, count: number): void {
    const end = this.#spec.kind === 'slice' ? this.#spec.to : 0;
    if (from !== this.#next || count === 0) throw protocolError('its rows have a hole');
    this.#next += count;
    if (this.#next > end) throw protocolError('it gave more rows than sets');
    this.#isWhole = this.#next === end;
  }

  #addSummary(summary: RunSummary): void {
    const { steps, chunks, daily } = summary;
    if (chunks !== this.#chunks || steps !== this.#next) throw protocolError('its summary does not fit its chunks');
    if (daily.times.length !== daily.values.length) throw protocolError('its summary has columns of other lengths');
    this.#isWhole = true;
    this.#resultHash = this.#hasher.finish(summary);
  }
}

function checkedPiece(piece: unknown): Piece {
  const kind = typeof piece === 'object' && piece !== null && 'kind' in piece ? piece.kind : undefined;
  if (typeof kind !== 'string' || !Object.hasOwn(PIECE_SHAPES, kind))
    throw protocolError('a piece is of no known kind');
  if (!PIECE_SHAPES[kind as Piece['kind']].Check(piece)) throw protocolError(`a piece is not what ${kind} look like`);
  return piece as Piece;
}

function isInvalid(error: unknown): error is GoboolError {
  return error instanceof GoboolError && error.code === 'GB_FRAME_INVALID';
}
