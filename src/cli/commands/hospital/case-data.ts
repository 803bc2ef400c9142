import type { CaseView } from '../../../cluster/contracts/http/case-view.ts';
import { timeJson } from '../../../runtime/report/format.ts';

/** A case as JSON. Times are ISO 8601, UTC. */
export const caseData = <T extends CaseView>({ atMs, nextMs, ...rest }: T) => ({
  ...rest,
  at: timeJson(atMs),
  next: nextMs === undefined ? null : timeJson(nextMs),
});
