/** A case as answers and webhooks show it. Pure. */
import type { CaseView } from '../../../contracts/http/case-view.ts';
import type { Case } from './case.ts';

export function caseView(known: Case): CaseView {
  const { caseId, kind, state, error, fingerprint, service, attempts, atMs } = known;
  const { messageType, runId, taskId, keyId, correlationId, nextMs } = known;
  return {
    caseId,
    kind,
    state,
    code: error.code,
    message: error.message,
    fingerprint,
    service,
    attempts,
    atMs,
    ...(messageType !== null && { type: messageType }),
    ...(runId !== null && { runId }),
    ...(taskId !== null && { taskId }),
    ...(keyId !== null && { keyId }),
    ...(correlationId !== null && { correlationId }),
    ...(nextMs !== null && { nextMs }),
  };
}
