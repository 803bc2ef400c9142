/**
 * Makes the artifact of a finished task from what is stored of it. Equal tasks give equal bytes under the same hash, so
 * whoever files it, and however often, files the same.
 */
import { createHash, hash as digest } from 'node:crypto';
import { encodeFrame } from '../../../contracts/frame.ts';
import { type KeptPiece, type TaskArtifact, VOLUME_BYTES, volumeOf } from '../../../contracts/task-artifact.ts';
import type { Artifacts } from '../../../ports/artifacts.ts';
import type { Documents, StoredDocument } from '../../../ports/documents.ts';
import type { TaskDocument, Views } from '../store/views.ts';
import { readPieces } from '../streams/read-pieces.ts';

/** `_id`: the task. Beside the artifacts, because it is as lasting as they are. */
export interface FilingDocument extends StoredDocument {
  readonly runId: string;
  /** Of its artifact. */
  readonly hash: string;
}

export interface FilingPorts {
  readonly views: Views;
  readonly artifacts: Artifacts;
  readonly filings: Documents<FilingDocument>;
}

/** `incomplete`: some of its pieces are not stored; `different`: they are not those that its worker made. */
export type Filed = 'filed' | 'incomplete' | 'different';

/** `task`: one that completed. Holds two volumes in memory, at most. */
export async function fileTask({ views, artifacts, filings }: FilingPorts, task: TaskDocument): Promise<Filed> {
  const { _id: taskId, runId, pieces = 0, rootHash } = task;
  const root = createHash('sha256');
  const volumes: string[] = [];
  let kept: KeptPiece[] = [];
  let bytes = 0;
  let next = 0;
  for await (const piece of readPieces(views, taskId, () => next)) {
    if (piece.seq !== next) return 'incomplete';
    if (kept.length > 0 && bytes + piece.size > VOLUME_BYTES) {
      volumes.push(await put(artifacts, volumeOf(kept)));
      [kept, bytes] = [[], 0];
    }
    kept.push(piece);
    bytes += piece.size;
    root.update(piece.hash);
    next++;
  }
  if (next < pieces) return 'incomplete';
  if (next > pieces || root.digest('hex') !== rootHash) return 'different';
  const submission = await submissionOf(views, runId);
  const artifact: TaskArtifact = { ...volumeOf(kept), ending: endingOf(task), submission, volumes };
  await filings.insertIfAbsent({ _id: taskId, runId, hash: await put(artifacts, artifact) });
  return 'filed';
}

async function submissionOf({ submissions }: Views, runId: string): Promise<TaskArtifact['submission']> {
  const document = await submissions.get(runId);
  if (document === undefined) return null;
  const { _id, ...submission } = document;
  return submission;
}

async function put(artifacts: Artifacts, value: unknown): Promise<string> {
  const bytes = encodeFrame(value);
  const hash = digest('sha256', bytes);
  if (!(await artifacts.has(hash))) await artifacts.put(hash, bytes);
  return hash;
}

function endingOf({
  _id: taskId,
  runId,
  attempt,
  workerId,
  pieces = 0,
  ...task
}: TaskDocument): TaskArtifact['ending'] {
  const { rootHash = '', resultHash, elapsedMs = 0 } = task;
  const ending = { taskId, runId, attempt, workerId, pieces, rootHash, elapsedMs };
  return resultHash === undefined ? ending : { ...ending, resultHash };
}
