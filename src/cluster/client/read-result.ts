/** What the tasks of a run come to, while they run and afterwards alike; checked against the hashes of the worker. */
import { GoboolError } from '../../runtime/base/error.ts';
import type { Chunk, RunSummary } from '../../runtime/bundle/abi.ts';
import type { SliceRow } from '../../runtime/host/hashed-slice.ts';
import { ResultHasher } from '../../runtime/host/result-hash.ts';
import type { Piece } from '../contracts/piece.ts';
import { onlyPiece } from './only-piece.ts';
import type { TaskEvidence } from './run-follower.ts';
import type { ReadTask } from './submitted-run.ts';
import type { TaskHooks } from './task-reader.ts';

/** Streams of a sweep's tasks at once. */
const STREAMS = 32;

export interface RunHooks extends Pick<TaskHooks, 'onProgress'> {
  readonly onChunk: (chunk: Chunk) => void;
}

/** Of the one task of a backtest. Throws `GB_NONDETERMINISTIC`, `GB_FRAME_INVALID`. */
export async function readRunResult(readTask: ReadTask, { onChunk, onProgress }: RunHooks) {
  const hasher = new ResultHasher();
  const answer = onlyPiece('summary');
  const onPiece = (piece: Piece): void => {
    answer.take(piece);
    if (piece.kind !== 'chunk') return;
    hasher.update(piece.chunk);
    onChunk(piece.chunk);
  };
  const { resultHash: onWorker, evidence } = await readTask(0, { onPiece, onProgress });
  const { summary } = answer.piece();
  const resultHash = hasher.finish(summary);
  checkResult(resultHash, onWorker);
  return { summary, resultHash, evidence } satisfies {
    summary: RunSummary;
    resultHash: string;
    evidence: TaskEvidence;
  };
}

/** Of all tasks of a sweep: rows of the sets from `from` on, in any order of tasks. */
export async function readSweepRows(
  readTask: ReadTask,
  tasks: number,
  onRows: (from: number, rows: readonly SliceRow[]) => void,
  onTask: ((evidence: TaskEvidence) => void) | undefined,
): Promise<void> {
  const numbers = Array(tasks).keys();
  const onPiece = (piece: Piece): void => {
    if (piece.kind === 'rows') onRows(piece.from, piece.rows);
  };
  const read = async (): Promise<void> => {
    for (const n of numbers) {
      const { evidence } = await readTask(n, { onPiece });
      onTask?.(evidence);
    }
  };
  await Promise.all(Array.from({ length: STREAMS }, read));
}

function checkResult(here: string, onWorker: string | undefined): void {
  if (here === onWorker) return;
  const hashes = `here ${here.slice(0, 12)}, on the worker ${onWorker?.slice(0, 12) ?? 'none'}`;
  throw new GoboolError('GB_NONDETERMINISTIC', `The result has another hash than it had: ${hashes}.`);
}
