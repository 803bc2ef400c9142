/**
 * One piece of a task's result, a frame. Pieces are numbered from 0 without a hole; their bytes depend on the task
 * alone, so two attempts give identical ones. A long one is cut (`cut-pieces.ts`). The root hash of a task is the
 * SHA-256 over the hashes of its pieces, in order, as hex text.
 */
import type { Chunk, IndicatorColumn, RunSummary, StrategyDescription } from '../../runtime/bundle/abi.ts';
import type { SliceRow } from '../../runtime/host/hashed-slice.ts';

export type Piece =
  | { readonly kind: 'description'; readonly description: StrategyDescription }
  | { readonly kind: 'chunk'; readonly chunk: Chunk }
  | { readonly kind: 'summary'; readonly summary: RunSummary }
  | { readonly kind: 'columns'; readonly columns: readonly IndicatorColumn[] }
  /** Of the sets from `from` on, in order. */
  | { readonly kind: 'rows'; readonly from: number; readonly rows: readonly SliceRow[] };

/** What the log carries beside a piece's bytes, as headers. */
export interface PieceHeaders {
  readonly taskId: string;
  readonly runId: string;
  readonly attempt: number;
  readonly seq: number;
  /** SHA-256 of the bytes. */
  readonly hash: string;
}

/** `result.piece.v1`: its value is the frame itself, its headers are above, as text. */
export const PIECE_TYPE = 'result.piece.v1';
export const PIECE_MAX_BYTES = 8_000_000;
