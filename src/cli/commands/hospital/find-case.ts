/** Which case a person means. */
import type { ClusterDesk } from '../../../cluster/client/cluster-desk.ts';
import { onlyMatch } from '../on-cluster/short-ids.ts';

const WHOLE_ID = /^c-[0-9a-f]{24}$/;
/** Among so many of the newest cases the beginning of an id is looked for. */
const SEARCHED_MAX = 500;

/** `reference`: an id, or the beginning of one. Throws `GB_CASE_UNKNOWN`, `GB_USAGE`. */
export async function findCase(desk: ClusterDesk, reference: string): Promise<string> {
  if (WHOLE_ID.test(reference)) return reference;
  const { cases } = await desk.cases({ limit: SEARCHED_MAX });
  const ids = cases.map(({ caseId }) => caseId);
  const isPart = ids.length >= SEARCHED_MAX;
  return onlyMatch(ids, reference, { noun: 'case', unknown: 'GB_CASE_UNKNOWN', ambiguous: 'GB_USAGE', isPart });
}
