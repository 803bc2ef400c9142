/**
 * The writer: what the log says becomes documents. Everything may come twice, and of two members of the group both may
 * write for a moment, so every write is by id: what is there stays, or only what is newer takes its place.
 */
import { createHash } from 'node:crypto';
import { GoboolError } from '../../../../runtime/base/error.ts';
import type { MessageOf } from '../../../contracts/define-message.ts';
import type { runChanged } from '../../../contracts/messages/run-changed.ts';
import {
  isFinalVerdict,
  type taskClaimed,
  type taskCompleted,
  type taskFailed,
} from '../../../contracts/messages/task-events.ts';
import type { Fact, PieceFact } from '../facts.ts';
import type { ClaimDocument, PieceDocument, SubmissionDocument, TaskDocument, Views } from './views.ts';

/** Goes before every failure. */
const COMPLETED_RANK = Number.MAX_SAFE_INTEGER;

/** What was not there before. */
export interface Stored {
  pieces: number;
  /** Of the pieces. */
  bytes: number;
  /** Tasks of which two attempts gave different bytes. */
  conflicts: number;
}

/** Resolves when all of them are durable. Throws what the documents throw; then any part may be stored. */
export async function storeFacts(views: Views, facts: readonly Fact[]): Promise<Stored> {
  const pieces = facts.filter(fact => fact.type === 'piece');
  const claims = facts.filter(fact => fact.type === 'claimed').map(({ message }) => claimDocument(message));
  const submissions = earliest(facts.filter(fact => fact.type === 'submitted'));
  const changes = facts.filter(fact => fact.type === 'changed').map(({ message }) => message);
  const [stored] = await Promise.all([
    storePieces(views, pieces),
    views.claims.insertAllIfAbsent(claims),
    views.submissions.insertAllIfAbsent(submissions.map(submissionDocument)),
    ...submissions.map(submission => storeSubmitted(views, submission)),
    ...latest(changes).map(change => storeChanged(views, change)),
    ...facts.map(fact => storeEnding(views, fact)),
  ]);
  return stored;
}

/** Throws `GB_MESSAGE_INVALID` for a piece whose bytes are not those of its hash. */
export function requireIntact(piece: PieceFact): void {
  if (isIntact(piece)) return;
  const { taskId, seq } = piece;
  throw new GoboolError('GB_MESSAGE_INVALID', `Piece ${seq} of ${taskId} does not have the bytes of its hash.`);
}

export const isIntact = ({ hash, body }: PieceFact): boolean =>
  createHash('sha256').update(body).digest('hex') === hash;

async function storeEnding(views: Views, fact: Fact): Promise<void> {
  if (fact.type === 'completed') await storeCompleted(views, fact.message);
  else if (fact.type === 'failed' && isFinalVerdict(fact.message.verdict)) await storeFailed(views, fact.message);
}

async function storePieces(views: Views, facts: readonly PieceFact[]): Promise<Stored> {
  const documents = facts.map(pieceDocument);
  const outcomes = await views.pieces.insertAllIfAbsent(documents);
  const fresh = documents.filter((_, i) => outcomes[i] === true);
  const stored = { pieces: fresh.length, bytes: fresh.reduce((sum, { size }) => sum + size, 0), conflicts: 0 };
  const repeated = documents.filter((_, i) => outcomes[i] === false);
  for (const document of repeated) if (await isNewConflict(views, document)) stored.conflicts++;
  return stored;
}

async function isNewConflict({ pieces, conflicts }: Views, arrived: PieceDocument): Promise<boolean> {
  const { _id, taskId, runId, seq, attempt, hash } = arrived;
  const stored = await pieces.get(_id);
  if (stored === undefined || stored.hash === hash) return false;
  return await conflicts.insertIfAbsent({
    _id: taskId,
    runId,
    seq,
    attempt,
    storedHash: stored.hash,
    arrivedHash: hash,
  });
}

type Submitted = Extract<Fact, { type: 'submitted' }>;
type Changed = MessageOf<typeof runChanged>;

/** The first one counts: command refuses another one under the same id. */
function storeSubmitted({ runs }: Views, { message, correlationId }: Submitted): Promise<boolean> {
  const { runId, submittedMs, name, keyId, priority, spec } = message;
  const fields = { submittedMs, place: placeOf(submittedMs, runId), submittedPriority: priority, correlationId };
  const run = { _id: runId, isSubmitted: true, name, keyId, kind: spec.kind, ...fields } as const;
  return runs.mergeIfGreater('isSubmitted', run, { version: 0, state: 'accepted', atMs: submittedMs });
}

/** What it does not say is said to be nothing, so that nothing remains of an earlier change. */
function storeChanged({ runs }: Views, { runId, ...changed }: Changed): Promise<boolean> {
  const { priority = null, error = null, atMs } = changed;
  const submitted = { submittedMs: atMs, place: placeOf(atMs, runId) };
  return runs.mergeIfGreater('version', { _id: runId, ...changed, priority, error }, submitted);
}

/** Those of one run would be stored at once, and any of them could come first. */
function earliest(submissions: readonly Submitted[]): readonly Submitted[] {
  const byRun = new Map<string, Submitted>();
  for (const submission of submissions)
    if (!byRun.has(submission.message.runId)) byRun.set(submission.message.runId, submission);
  return [...byRun.values()];
}

/** Of many changes of one run only the last one leaves a trace. */
function latest(changes: readonly Changed[]): readonly Changed[] {
  const byRun = new Map<string, Changed>();
  for (const change of changes)
    if (change.version >= (byRun.get(change.runId)?.version ?? 0)) byRun.set(change.runId, change);
  return [...byRun.values()];
}

const MS_DIGITS = 15;
const placeOf = (submittedMs: number, runId: string) => `${String(submittedMs).padStart(MS_DIGITS, '0')}-${runId}`;

function storeCompleted({ tasks }: Views, { slot: _, ...ending }: MessageOf<typeof taskCompleted>) {
  return tasks.mergeIfGreater('rank', completedDocument(ending));
}

export function completedDocument({ taskId, ...ending }: Omit<MessageOf<typeof taskCompleted>, 'slot'>): TaskDocument {
  return { _id: taskId, rank: COMPLETED_RANK, state: 'completed', ...ending };
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

function submissionDocument({ message }: Submitted): SubmissionDocument {
  const { runId, keyId, name, priority, spec, callback } = message;
  return { _id: runId, keyId, name, priority, spec, ...(callback !== undefined && { callback }) };
}
