/**
 * The writer: what the log says becomes documents. Everything may come twice, and of two members of the group both may
 * write for a moment, so every write is by id: what is there stays, or only what is newer takes its place.
 */
import { createHash } from 'node:crypto';
import { GoboolError } from '../../../../runtime/base/error.ts';
import type { MessageOf } from '../../../contracts/define-message.ts';
import type { runChanged } from '../../../contracts/messages/run-changed.ts';
import type { runSubmit } from '../../../contracts/messages/run-submit.ts';
import type { taskClaimed, taskCompleted, taskFailed } from '../../../contracts/messages/task-events.ts';
import { type Fact, isFinalVerdict, type PieceFact } from '../facts.ts';
import type { ClaimDocument, PieceDocument, Views } from './views.ts';

/** Goes before every failure. */
const COMPLETED_RANK = Number.MAX_SAFE_INTEGER;

/** Resolves when all of them are durable. Throws what the documents throw; then any part may be stored. */
export async function storeFacts(views: Views, facts: readonly Fact[]): Promise<void> {
  const pieces = facts.filter(fact => fact.type === 'piece');
  const claims = facts.filter(fact => fact.type === 'claimed').map(({ message }) => claimDocument(message));
  await Promise.all([
    pieces.length > 0 && storePieces(views, pieces),
    claims.length > 0 && views.claims.insertAllIfAbsent(claims),
    ...facts.map(fact => storeOne(views, fact)),
  ]);
}

/** Throws `GB_MESSAGE_INVALID` for a piece whose bytes are not those of its hash. */
export function requireIntact({ taskId, seq, hash, body }: PieceFact): void {
  if (createHash('sha256').update(body).digest('hex') === hash) return;
  throw new GoboolError('GB_MESSAGE_INVALID', `Piece ${seq} of ${taskId} does not have the bytes of its hash.`);
}

async function storeOne(views: Views, fact: Fact): Promise<unknown> {
  switch (fact.type) {
    case 'submitted':
      return await views.runs.insertIfAbsent(acceptedRun(fact.message));
    case 'changed':
      return await storeRun(views, fact.message);
    case 'completed':
      return await storeCompleted(views, fact.message);
    case 'failed':
      return isFinalVerdict(fact.message.verdict) && (await storeFailed(views, fact.message));
    case 'piece':
    case 'claimed':
    case 'progress':
      return undefined;
  }
}

async function storePieces(views: Views, facts: readonly PieceFact[]): Promise<void> {
  const documents = facts.map(pieceDocument);
  const outcomes = await views.pieces.insertAllIfAbsent(documents);
  const repeated = documents.filter((_, i) => outcomes[i] === false);
  for (const document of repeated) await compareWithStored(views, document);
}

async function compareWithStored({ pieces, conflicts }: Views, arrived: PieceDocument): Promise<void> {
  const { _id, taskId, runId, seq, attempt, hash } = arrived;
  const stored = await pieces.get(_id);
  if (stored === undefined || stored.hash === hash) return;
  await conflicts.insertIfAbsent({ _id: taskId, runId, seq, attempt, storedHash: stored.hash, arrivedHash: hash });
}

const storeRun = ({ runs }: Views, { runId, ...changed }: MessageOf<typeof runChanged>) =>
  runs.mergeIfGreater('version', { _id: runId, ...changed }, { submittedMs: changed.atMs });

function storeCompleted({ tasks }: Views, message: MessageOf<typeof taskCompleted>) {
  const { taskId, slot: _, ...completed } = message;
  return tasks.mergeIfGreater('rank', { _id: taskId, rank: COMPLETED_RANK, state: 'completed', ...completed });
}

function storeFailed({ tasks }: Views, message: MessageOf<typeof taskFailed>) {
  const { taskId, slot: _, ...failed } = message;
  return tasks.mergeIfGreater('rank', { _id: taskId, rank: failed.attempt, state: 'failed', ...failed });
}

const claimDocument = (claim: MessageOf<typeof taskClaimed>): ClaimDocument => ({
  _id: `${claim.taskId}#${claim.attempt}`,
  ...claim,
});

const pieceDocument = ({ taskId, runId, seq, attempt, hash, body }: PieceFact): PieceDocument => ({
  _id: `${taskId}:${seq}`,
  taskId,
  runId,
  seq,
  attempt,
  hash,
  size: body.length,
  body,
});

const acceptedRun = ({ runId, submittedMs, name, keyId, spec }: MessageOf<typeof runSubmit>) => ({
  _id: runId,
  version: 0,
  state: 'accepted' as const,
  atMs: submittedMs,
  submittedMs,
  name,
  keyId,
  kind: spec.kind,
});
