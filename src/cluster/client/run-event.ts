/** What is heard of a run while it is followed, in the order in which it arrives: for whoever watches. */
import type { MessageOf } from '../contracts/define-message.ts';
import type { RankingView, RunSummaryView } from '../contracts/http/run-view.ts';
import type { taskClaimed, taskFailed } from '../contracts/messages/task-events.ts';
import type { Piece } from '../contracts/piece.ts';

export interface TaskEnd {
  readonly state: 'completed' | 'failed' | 'cancelled';
  readonly pieces: number;
  readonly rootHash: string;
  /** Of a run: over what it decided (`result-hash.ts`). */
  readonly resultHash?: string;
  readonly error?: MessageOf<typeof taskFailed>['error'];
}

export type Claim = Pick<MessageOf<typeof taskClaimed>, 'workerId' | 'attempt' | 'pid' | 'cpu'>;

/** What the cluster says of a run as a whole. */
export type RunNow = Omit<RunSummaryView, 'submittedMs'>;

export type TaskEvent =
  | { readonly type: 'claimed'; readonly claim: Claim }
  | { readonly type: 'progress'; readonly step: number; readonly steps: number }
  /** `piece`: absent while its parts are not all there. */
  | { readonly type: 'piece'; readonly seq: number; readonly piece?: Piece }
  | { readonly type: 'end'; readonly end: TaskEnd }
  /** An event that is not the next one: it is asked for again, or was had. */
  | { readonly type: 'dropped' };

export type RunEvent =
  | (TaskEvent & { readonly taskId: string })
  | { readonly type: 'run'; readonly run: RunNow }
  | { readonly type: 'rank'; readonly ranking: RankingView }
  /** A connection broke, and another one goes on behind the last event that was had. */
  | { readonly type: 'reconnect' };

export type Observe = (event: RunEvent) => void;
