import type { ErrorData } from '../../../runtime/base/error.ts';
import type { ComponentName } from '../component.ts';
import type { DriverName } from '../driver.ts';

/**
 * What whoever starts a daemon wants of it; the daemon's second argument, as JSON. The first is the cluster's folder.
 */
export interface DaemonOrder {
  readonly name: string;
  /** Of a cluster that is made now; one that exists keeps its own. */
  readonly driver: DriverName;
  /** Absent: all. */
  readonly only?: readonly ComponentName[];
  /** Whether taken ports may be replaced by free ones. */
  readonly anyPort: boolean;
}

/** What a daemon answers, as one line on descriptor 3, before it starts anything. */
export type DaemonAnswer =
  | { readonly type: 'ready' }
  /** Another daemon of this cluster lives. */
  | { readonly type: 'busy' }
  | { readonly type: 'failed'; readonly error: ErrorData };
