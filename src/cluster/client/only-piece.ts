import { GoboolError } from '../../runtime/base/error.ts';
import type { Piece } from '../contracts/piece.ts';

type PieceOf<K extends Piece['kind']> = Extract<Piece, { readonly kind: K }>;

/** Waits for the one piece of a kind that a task makes. `piece` throws `GB_FRAME_INVALID` where it did not come. */
export function onlyPiece<const K extends Piece['kind']>(kind: K) {
  let found: PieceOf<K> | undefined;
  const isWanted = (piece: Piece): piece is PieceOf<K> => piece.kind === kind;
  return {
    take(this: void, piece: Piece): void {
      if (isWanted(piece)) found = piece;
    },
    piece(this: void): PieceOf<K> {
      if (found !== undefined) return found;
      throw new GoboolError('GB_FRAME_INVALID', `The result of the task has no ${kind}.`);
    },
  };
}
