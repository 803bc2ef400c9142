import type { onCluster } from './on-cluster.ts';

/** `onCluster` where `--cluster` asks for it, else undefined: few commands use it, so it is loaded only then. */
export async function remoteRuns(isAsked: boolean, ...call: Parameters<typeof onCluster>) {
  return isAsked ? (await import('./on-cluster.ts')).onCluster(...call) : undefined;
}
