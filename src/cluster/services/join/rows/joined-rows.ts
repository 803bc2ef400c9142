/**
 * A run's result joined with the bars that it traded: a row for each step, in time order, as lines of JSON. A feed of
 * which no bar closed at a step is absent there. Memory: the datasets, and one chunk.
 */
import { GoboolError } from '../../../../runtime/base/error.ts';
import type { Chunk } from '../../../../runtime/bundle/abi.ts';
import { FILL, FILL_WIDTH } from '../../../../runtime/engine/fill-log.ts';
import type { Dataset } from '../../../../runtime/market/dataset.ts';
import { decodeFrame } from '../../../contracts/frame.ts';
import type { Piece } from '../../../contracts/piece.ts';
import type { StoredRunInput } from '../../../contracts/run-spec.ts';
import type { Artifacts } from '../../../ports/artifacts.ts';
import type { Views } from '../store/views.ts';
import { requireLastPiece, wholePieces } from '../streams/read-pieces.ts';
import { type Bar, BarCursor } from './bar-cursor.ts';

interface JoinedRow {
  /** When the step closed, epoch milliseconds. */
  readonly time: number;
  readonly equity: number;
  /** By the names of datasets. */
  readonly bars: Readonly<Record<string, Bar>>;
  /** Those that became known then; columns are named in `fill-log.ts`. */
  readonly fills?: readonly Readonly<Record<string, number>>[];
}

const DATASETS_MAX_BYTES = 64 * 2 ** 20;

interface RowSources {
  readonly views: Views;
  readonly artifacts: Pick<Artifacts, 'get'>;
}

/**
 * Lines, a chunk's at once. Throws, before the first ones, `GB_ARTIFACT_MISSING`, also for what is no finished run or
 * not wholly stored yet, and `GB_REQUEST_TOO_LARGE`.
 */
export async function joinedRows({ views, artifacts }: RowSources, taskId: string): Promise<AsyncIterable<string>> {
  const task = await views.tasks.get(taskId);
  const spec = task && (await views.submissions.get(task.runId))?.spec;
  if (task?.state !== 'completed' || spec?.kind !== 'run')
    throw new GoboolError('GB_ARTIFACT_MISSING', `${taskId} is no run that has finished.`);
  const { pieces = 0 } = task;
  await requireLastPiece(views, taskId, pieces);
  const feeds = feedsOf(decodeFrame(await artifacts.get(spec.input)), spec.datasets);
  const cursors = new Map<string, BarCursor>();
  let bytes = 0;
  for (const { artifact } of feeds) {
    const frame = await artifacts.get(artifact);
    bytes += frame.length;
    if (bytes > DATASETS_MAX_BYTES)
      throw new GoboolError('GB_REQUEST_TOO_LARGE', 'The run has more bars than can be joined here.');
    const { name, bars } = decodeFrame(frame) as Dataset;
    cursors.set(name, new BarCursor(bars));
  }
  return linesOf(wholePieces(views, taskId, pieces), cursors);
}

/** The input is a stranger's. Throws `GB_ARTIFACT_MISSING` for one that names anything but datasets of its run. */
function feedsOf(input: unknown, datasets: readonly string[]): StoredRunInput['feeds'] {
  const { feeds } = { ...(input as Partial<StoredRunInput> | null) };
  if (Array.isArray(feeds) && feeds.every(feed => datasets.includes(feed?.artifact))) return feeds;
  throw new GoboolError('GB_ARTIFACT_MISSING', 'The input names datasets that the run does not.');
}

async function* linesOf(pieces: AsyncIterable<Piece>, cursors: ReadonlyMap<string, BarCursor>): AsyncGenerator<string> {
  for await (const piece of pieces) {
    if (piece.kind !== 'chunk') continue;
    const rows = [...rowsOf(piece.chunk, cursors)];
    if (rows.length > 0) yield `${rows.map(row => JSON.stringify(row)).join('\n')}\n`;
  }
}

function* rowsOf(chunk: Chunk, cursors: ReadonlyMap<string, BarCursor>): Generator<JoinedRow> {
  const fillsAt = Map.groupBy(fillsOf(chunk.fills), ({ step }) => step);
  for (const [i, time] of chunk.time.entries()) {
    const closed = [...cursors].map(([name, cursor]) => [name, cursor.closedAt(time)] as const);
    const bars = Object.fromEntries(closed.flatMap(([name, bar]) => (bar === undefined ? [] : [[name, bar]])));
    const fills = fillsAt.get(chunk.fromStep + i);
    yield { time, equity: chunk.equity[i] ?? Number.NaN, bars, ...(fills && { fills }) };
  }
}

function fillsOf(rows: Float64Array): (Readonly<Record<string, number>> & { readonly step: number })[] {
  return Array.from({ length: rows.length / FILL_WIDTH }, (_, row) => {
    const cellOf = (column: number) => rows[row * FILL_WIDTH + column] ?? Number.NaN;
    const fill = Object.fromEntries(Object.entries(FILL).map(([name, column]) => [name, cellOf(column)]));
    return { ...fill, step: cellOf(FILL.step) };
  });
}
