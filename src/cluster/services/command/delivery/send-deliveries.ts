/**
 * Tells those outside who wait: each delivery by one replica at a time, several at once. Whoever does not answer 2xx in
 * time is told again after the pauses of the policy; then it is a case of the hospital.
 */
import type { Sql } from '../../../ports/sql.ts';
import { postJson } from '../../common/post-json.ts';
import { type Admission, admit, type Care } from '../hospital/admit.ts';
import { caseIdOf, fingerprintOf } from '../hospital/names.ts';
import { settle } from '../settle.ts';
import { Changes } from '../store/changes.ts';
import { claimDeliveries, discardDelivery, postponeDelivery } from '../store/deliveries.ts';
import { type Delivery, nextTryMs, UNDELIVERED } from './delivery.ts';

const AT_ONCE = 8;

/** Resolves to how many were tried. Those that the signal interrupts are tried again by whoever comes next. */
export async function sendDeliveries(sql: Sql, care: Care, signal: AbortSignal): Promise<number> {
  const deliveries = await claimDeliveries(sql, AT_ONCE, Date.now());
  await Promise.all(deliveries.map(delivery => send(sql, delivery, care, signal)));
  return deliveries.length;
}

async function send(sql: Sql, delivery: Delivery, care: Care, signal: AbortSignal): Promise<void> {
  const problem = await postJson(delivery, signal);
  if (signal.aborted) return;
  if (problem === undefined) await discardDelivery(sql, delivery.deliveryId);
  else await postpone(sql, delivery, problem, care);
}

async function postpone(sql: Sql, delivery: Delivery, problem: string, care: Care): Promise<void> {
  await sql.transaction(async queries => {
    const changes = new Changes(queries, Date.now());
    const nextMs = nextTryMs(delivery, care.policies, changes.nowMs) ?? null;
    const isOurs = await postponeDelivery(queries, delivery, nextMs);
    if (!isOurs || nextMs !== null) return;
    const admission = admissionOf(delivery, problem);
    await changes.cases.lock([admission.caseId]);
    admit(changes, admission, care);
    await settle(queries, changes);
  });
}

function admissionOf(delivery: Delivery, problem: string): Admission {
  const { deliveryId, kind: messageType, url: place, headers, runId, keyId, correlationId, attempts, body } = delivery;
  const [kind, service] = ['delivery', 'command'] as const;
  const fingerprint = fingerprintOf(kind, messageType, UNDELIVERED);
  const subject = { place, key: deliveryId, headers, runId, taskId: null, keyId, correlationId };
  return {
    caseId: caseIdOf(kind, deliveryId),
    patient: { kind, fingerprint, service, messageType, ...subject },
    illness: { error: { code: UNDELIVERED, message: problem }, attempts, isLast: true },
    body: Buffer.from(body),
  };
}
