/**
 * What join knows, in MongoDB: facts about runs and their tasks as they came over the log. Nothing here is the truth;
 * all of it can be written again from the log.
 */
import type { Static } from 'typebox';
import type { MessageOf } from '../../../contracts/define-message.ts';
import type { ErrorFields } from '../../../contracts/fields.ts';
import type { runChanged } from '../../../contracts/messages/run-changed.ts';
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

/** `_id`: the run. Version 0, `accepted`: command has not said anything of it yet. */
export interface RunDocument
  extends StoredDocument,
    Partial<Pick<MessageOf<typeof runChanged>, 'tasks' | 'position' | 'error'>>,
    Omit<MessageOf<typeof runChanged>, 'runId' | 'state' | 'tasks' | 'position' | 'error'> {
  readonly state: MessageOf<typeof runChanged>['state'] | 'accepted';
  /** When the gateway accepted it; epoch milliseconds. */
  readonly submittedMs: number;
}

export interface Views {
  readonly pieces: Documents<PieceDocument>;
  readonly claims: Documents<ClaimDocument>;
  readonly tasks: Documents<TaskDocument>;
  readonly conflicts: Documents<ConflictDocument>;
  readonly runs: Documents<RunDocument>;
}

/** `open`: the collection of that name. */
export const viewsOf = (open: <T extends StoredDocument>(collection: string) => Documents<T>): Views => ({
  pieces: open('pieces'),
  claims: open('claims'),
  tasks: open('tasks'),
  conflicts: open('conflicts'),
  runs: open('runs'),
});
