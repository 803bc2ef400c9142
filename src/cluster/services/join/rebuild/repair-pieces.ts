/**
 * Proves that the pieces of every completed task are those that its worker made: hashed again, their hashes give its
 * root hash. Those that are not, or are missing, come back from the artifact that was made of the task.
 */
import { createHash, hash as digest } from 'node:crypto';
import { GoboolError } from '../../../../runtime/base/error.ts';
import { decodeFrame } from '../../../contracts/frame.ts';
import { type KeptPiece, piecesOf, type TaskArtifact, type TaskVolume } from '../../../contracts/task-artifact.ts';
import type { FilingDocument, FilingPorts } from '../filing/file-task.ts';
import { completedDocument } from '../store/store-facts.ts';
import type { TaskDocument } from '../store/views.ts';
import { readPieces } from '../streams/read-pieces.ts';
import { pagesOf } from './pages.ts';

export interface RepairedPieces {
  /** Of completed tasks. */
  readonly pieces: number;
  /** Tasks that came from their artifacts. */
  readonly restored: number;
  /** Tasks whose pieces are nowhere. */
  readonly lost: readonly string[];
}

const LOST_MAX = 100;

/** `caughtUp`: resolves when the store has what is in the log. */
export async function repairPieces(ports: FilingPorts, caughtUp: () => Promise<void>): Promise<RepairedPieces> {
  const { views, filings } = ports;
  let restored = 0;
  for await (const page of pagesOf(filings)) {
    const there = new Set((await views.tasks.getAll(page.map(({ _id }) => _id))).map(({ _id }) => _id));
    for (const filing of page.filter(({ _id }) => !there.has(_id))) restored += Number(await restore(ports, filing));
  }
  await caughtUp();
  let pieces = 0;
  const lost: string[] = [];
  for await (const page of pagesOf(views.tasks)) {
    for (const task of page.filter(({ state }) => state === 'completed')) {
      pieces += task.pieces ?? 0;
      if (await isWhole(ports, task)) continue;
      const filing = await filings.get(task._id);
      if (filing !== undefined && (await restore(ports, filing))) restored++;
      else if ((await views.conflicts.get(task._id)) === undefined) lost.push(task._id);
    }
  }
  return { pieces, restored, lost: lost.slice(0, LOST_MAX) };
}

async function isWhole({ views }: FilingPorts, task: TaskDocument): Promise<boolean> {
  const root = createHash('sha256');
  let next = 0;
  for await (const { seq, body } of readPieces(views, task._id, () => next)) {
    if (seq !== next++) return false;
    root.update(digest('sha256', body));
  }
  return next === task.pieces && root.digest('hex') === task.rootHash;
}

/** False where there is no artifact any more, or a broken one. */
async function restore(ports: FilingPorts, { _id: taskId, hash }: FilingDocument): Promise<boolean> {
  const { views, artifacts } = ports;
  const load = async (name: string) => decodeFrame(await artifacts.get(name)) as TaskVolume;
  try {
    const artifact = (await load(hash)) as TaskArtifact;
    let seq = 0;
    const put = async (pieces: readonly KeptPiece[]): Promise<void> => {
      for (const { hash: pieceHash, body } of pieces) {
        const { runId, attempt } = artifact.ending;
        const piece = { taskId, runId, seq, attempt, hash: pieceHash, size: body.length, body };
        await views.pieces.put({ _id: `${taskId}:${seq++}`, ...piece });
      }
    };
    for (const volume of artifact.volumes) await put(piecesOf(await load(volume)));
    await put(piecesOf(artifact));
    await views.tasks.insertIfAbsent(completedDocument(artifact.ending));
    if (artifact.submission !== null)
      await views.submissions.insertIfAbsent({ _id: artifact.ending.runId, ...artifact.submission });
    return true;
  } catch (error) {
    if (error instanceof GoboolError && UNUSABLE.has(error.code)) return false;
    throw error;
  }
}

const UNUSABLE: ReadonlySet<string> = new Set(['GB_ARTIFACT_MISSING', 'GB_ARTIFACT_BROKEN', 'GB_FRAME_INVALID']);
