/** Takes into the hospital what fell ill, once; where somebody wants to know, it is told. */
import { assert } from '../../../../runtime/base/assert.ts';
import { caseWebhook } from '../delivery/delivery.ts';
import type { Changes } from '../store/changes.ts';
import type { Condition, Patient } from './case.ts';
import { caseView } from './case-view.ts';
import { decideIllness, type Illness } from './decide-case.ts';
import { type Policies, policyOf } from './policies.ts';

/** What a cluster does about illness. */
export interface Care {
  readonly policies: Policies;
  /** Told of cases whose policy says so. */
  readonly webhook?: string;
}

export interface Admission {
  readonly caseId: string;
  readonly patient: Patient;
  readonly illness: Illness;
  /** What fell ill, as it was. */
  readonly body: Uint8Array;
}

/** Its case is locked, if there is one. Returns whether anything changed. */
export function admit(changes: Changes, { caseId, patient, illness, body }: Admission, care: Care): boolean {
  const known = changes.cases.get(caseId);
  const condition = decideIllness(known, illness, care.policies, changes.nowMs);
  if (condition === undefined) return false;
  if (known === undefined) changes.cases.start(caseId, { type: 'admitted', ...patient, ...condition }, body);
  else changes.cases.append(caseId, { type: 'relapsed', ...condition });
  if (care.webhook !== undefined && isToTell(patient, condition, care)) {
    const now = changes.cases.get(caseId);
    assert(now !== undefined, 'it was just admitted');
    changes.deliveries.push(caseWebhook(care.webhook, caseView(now)));
  }
  return true;
}

/** Of a webhook that nobody hears, no webhook tells. */
function isToTell({ messageType }: Patient, { state, error }: Condition, { policies }: Care): boolean {
  return state === 'open' && messageType !== 'webhook' && policyOf(policies, error.code).finally === 'notify';
}
