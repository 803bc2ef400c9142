/**
 * What join knows, in MongoDB: facts about runs and their tasks as they came over the log. Nothing here is the truth;
 * all of it can be written again from the log.
 */
import type { Static } from 'typebox';
import type { MessageOf } from '../../../contracts/define-message.ts';
import type { ErrorFields } from '../../../contracts/fields.ts';
import type { RankingView } from '../../../contracts/http/run-view.ts';
import type { runChanged } from '../../../contracts/messages/run-changed.ts';
import type { runSubmit } from '../../../contracts/messages/run-submit.ts';
import type { taskClaimed, Verdict } from '../../../contracts/messages/task-events.ts';
import type { Documents, StoredDocument } from '../../../ports/documents.ts';

/** `_id`: `<taskId>:<seq>`. Never changed once it is there. */
export interface PieceDocument extends StoredDocument {
  readonly taskId: string;
  readonly runId: string;
  readonly seq: number;
  /** The first attempt that gave it. */
  readonly attempt: number;
  /** SHA-256 of the body. */
  readonly hash: string;
  /** Bytes of the body. */
  readonly size: number;
  /** A frame. */
  readonly body: Uint8Array;
}

/** `_id`: `<taskId>#<attempt>`. */
export type ClaimDocument = StoredDocument & MessageOf<typeof taskClaimed>;

/** `_id`: the task. How it ended. */
export interface TaskDocument extends StoredDocument {
  readonly runId: string;
  /** Grows: a later attempt's failure goes before an earlier one's, and a completion before all. */
  readonly rank: number;
  readonly attempt: number;
  readonly workerId: string;
  readonly state: 'completed' | 'failed';
  readonly pieces?: number;
  readonly rootHash?: string;
  readonly resultHash?: string;
  readonly elapsedMs?: number;
  readonly verdict?: Verdict;
  readonly error?: Static<typeof ErrorFields>;
}

/** `_id`: a task of which two attempts gave different bytes. */
export interface ConflictDocument extends StoredDocument {
  readonly runId: string;
  readonly seq: number;
  readonly storedHash: string;
  readonly arrivedHash: string;
  readonly attempt: number;
}

/** `_id`: the run. As it was accepted; never changed once it is there. */
export interface SubmissionDocument
  extends StoredDocument,
    Pick<MessageOf<typeof runSubmit>, 'keyId' | 'name' | 'priority' | 'spec' | 'callback'> {}

type RunChanged = MessageOf<typeof runChanged>;

/**
 * `_id`: the run. The log tells of its submission and of its changes in any order; either sets fields of its own, so
 * that the order does not matter.
 */
export interface RunDocument extends StoredDocument, Pick<RunChanged, 'version' | 'atMs' | 'kind' | 'name' | 'keyId'> {
  /** Version 0, `accepted`: command has not said anything of it yet. */
  readonly state: RunChanged['state'] | 'accepted';
  /** When the gateway accepted it; epoch milliseconds. */
  readonly submittedMs: number;
  /** By which lists are sorted: the time of its submission, then its id. */
  readonly place: string;
  /** The log has told of its submission. */
  readonly isSubmitted?: true;
  readonly submittedPriority?: number;
  readonly correlationId?: string | null;
  /** What the latest change says. */
  readonly tasks?: RunChanged['tasks'];
  readonly position?: number | null;
  readonly priority?: number | null;
  readonly error?: Static<typeof ErrorFields> | null;
}

/** `_id`: a sweep of which all sets are done. Made of its pieces, so that they need not be read again. */
interface RankingDocument extends StoredDocument, RankingView {}

export interface Views {
  readonly pieces: Documents<PieceDocument>;
  readonly claims: Documents<ClaimDocument>;
  readonly tasks: Documents<TaskDocument>;
  readonly conflicts: Documents<ConflictDocument>;
  readonly runs: Documents<RunDocument>;
  readonly submissions: Documents<SubmissionDocument>;
  readonly rankings: Documents<RankingDocument>;
}

/** `open`: the collection of that name. */
export const viewsOf = (open: <T extends StoredDocument>(collection: string) => Documents<T>): Views => ({
  pieces: open('pieces'),
  claims: open('claims'),
  tasks: open('tasks'),
  conflicts: open('conflicts'),
  runs: open('runs'),
  submissions: open('submissions'),
  rankings: open('rankings'),
});
