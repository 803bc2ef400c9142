/** What a worker tells the pool that started it, over the channel of child processes. */
import type { WorkerOffer } from '../../contracts/cluster-objects.ts';
import type { SandboxUsage } from '../../sandbox/sandbox.ts';
import type { Ending } from './perform-task.ts';

export type PoolNews =
  | { readonly type: 'offer'; readonly offer: WorkerOffer }
  /** It ends by an error. */
  | { readonly type: 'failed'; readonly problem: string }
  | TaskNews;

export type TaskNews =
  | { readonly type: 'ended'; readonly verdict: Ending['verdict'] }
  | ({ readonly type: 'used' } & SandboxUsage)
  /** An artifact was had: from this machine's disk, or from the cluster. */
  | { readonly type: 'read'; readonly from: 'cache' | 'cluster' };
