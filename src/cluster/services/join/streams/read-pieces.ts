/** A task's stored pieces, page by page, about a megabyte each. */
import { GoboolError } from '../../../../runtime/base/error.ts';
import { PieceReader } from '../../../contracts/cut-pieces.ts';
import type { Piece } from '../../../contracts/piece.ts';
import type { PieceDocument, Views } from '../store/views.ts';

const FIRST_PAGE = 2;
const PAGE_BYTES = 2 ** 20;
const PAGE_MAX = 1_000;

/** `next`: asked before each page, since pieces come from elsewhere too. Ends where a page brings nothing new. */
export async function* readPieces(
  { pieces }: Pick<Views, 'pieces'>,
  taskId: string,
  next: () => number,
): AsyncGenerator<PieceDocument> {
  let limit = FIRST_PAGE;
  for (;;) {
    const from = next();
    const page = await pieces.find({
      where: { taskId },
      from: { field: 'seq', value: from },
      sort: { field: 'seq', direction: 'ascending' },
      limit,
    });
    yield* page;
    if (page.length < limit || next() === from) return;
    const bytes = page.reduce((sum, { size }) => sum + size, 0);
    limit = Math.min(PAGE_MAX, Math.max(1, Math.floor((PAGE_BYTES * page.length) / Math.max(1, bytes))));
  }
}

/**
 * Those that were cut are put together. Ends at a hole. `count`: so many are expected; where fewer are there, throws
 * `GB_ARTIFACT_MISSING` behind them.
 */
export async function* wholePieces(views: Pick<Views, 'pieces'>, taskId: string, count = 0): AsyncGenerator<Piece> {
  const reader = new PieceReader();
  let next = 0;
  for await (const { seq, body } of readPieces(views, taskId, () => next)) {
    if (seq !== next) break;
    next++;
    const piece = reader.take(body);
    if (piece !== undefined) yield piece as Piece;
  }
  if (next < count) throw lacksPieces(taskId);
}

/** A task may be known to be done before all of its pieces are stored. */
export async function requireLastPiece({ pieces }: Pick<Views, 'pieces'>, taskId: string, count: number) {
  const from = { field: 'seq', value: count - 1 } as const;
  const [last] = await pieces.findWithout(['body'], { where: { taskId }, from, limit: 1 });
  if (last === undefined) throw lacksPieces(taskId);
}

const lacksPieces = (taskId: string) =>
  new GoboolError('GB_ARTIFACT_MISSING', `Of ${taskId} not all pieces are stored, or not yet.`);
