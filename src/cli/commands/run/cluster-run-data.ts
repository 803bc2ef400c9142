/** Runs of a cluster as JSON. Additive: a name keeps its meaning for ever. Times are ISO 8601, UTC. */
import type { RunSummaryView, RunView } from '../../../cluster/contracts/http/run-view.ts';
import { timeJson } from '../../../runtime/report/format.ts';

export function clusterRunData<T extends RunSummaryView | RunView>({ submittedMs, atMs, ...run }: T) {
  return { ...run, submitted: timeJson(submittedMs), changed: timeJson(atMs) };
}
