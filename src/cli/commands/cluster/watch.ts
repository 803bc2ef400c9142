/** Shows how a cluster comes up: live where a person watches, else a line a change. */
import type { ClusterStatus } from '../../../cluster/dev/cluster-status.ts';
import type { Output } from '../../output/output.ts';
import { plainWatch } from './plain-watch.ts';

export interface ClusterWatch {
  readonly update: (status: ClusterStatus) => void;
  /** Takes away what is not to stay. Does nothing the second time. */
  readonly close: () => void;
}

/** Ink takes longer to load than a healthy cluster to answer: it is only loaded once there is something to see. */
export async function openWatch(first: ClusterStatus, out: Output, isPlain: boolean): Promise<ClusterWatch> {
  let close = () => {};
  const screen = isPlain ? undefined : out.liveScreen(() => close());
  if (screen === undefined) return plainWatch(first, out);
  const { openLiveCluster } = await import('../../view/live-cluster.tsx');
  const live = openLiveCluster(screen, first, out);
  close = live.close;
  return live;
}
