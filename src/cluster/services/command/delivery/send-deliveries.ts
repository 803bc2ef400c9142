/**
 * Tells those outside who wait: each delivery by one replica at a time, several at once. Nobody waits for those that do
 * not answer: as soon as one is done the next is begun, and few are of one key, or go to one address. Whoever does not
 * answer 2xx in time is told again after the pauses of the policy; then it is a case of the hospital.
 */
import type { Logger } from 'pino';
import type { Sql } from '../../../ports/sql.ts';
import { isAway } from '../../common/engines-away.ts';
import { postJson } from '../../common/post-json.ts';
import { Bell } from '../bell.ts';
import { dueTimes } from '../due.ts';
import { type Admission, admit, type Care } from '../hospital/admit.ts';
import { caseIdOf, fingerprintOf } from '../hospital/names.ts';
import { isConflict } from '../keep-going.ts';
import { settle } from '../settle.ts';
import { Changes } from '../store/changes.ts';
import {
  CLAIM_MS,
  type ClaimedDelivery,
  claimDeliveries,
  discardDelivery,
  postponeDelivery,
} from '../store/deliveries.ts';
import { type Delivery, nextTryMs, UNDELIVERED } from './delivery.ts';

const LIMITS = { atOnce: 64, ofOwner: 32, toTarget: 4 } as const;

export interface Sending {
  readonly sql: Sql;
  readonly care: Care;
  readonly log: Logger;
  /** Those that it interrupts are tried again by whoever comes next. */
  readonly signal: AbortSignal;
}

export class Deliveries {
  /** Rings when there is room for others. */
  readonly bell = new Bell();
  readonly #sending: Sending;
  readonly #going = new Map<ClaimedDelivery, Promise<void>>();
  #failure: { readonly error: unknown } | undefined;

  constructor(sending: Sending) {
    this.#sending = sending;
  }

  /** Resolves to how many it began to tell. Throws what is wrong with one before, unless an engine was away. */
  async begin(): Promise<number> {
    if (this.#failure !== undefined) throw this.#failure.error;
    const { sql, care } = this.#sending;
    const due = dueTimes(care.policies, Date.now(), CLAIM_MS);
    const claimed = await claimDeliveries(sql, [...this.#going.keys()], LIMITS, due);
    for (const delivery of claimed) this.#going.set(delivery, this.#send(delivery));
    return claimed.length;
  }

  /** Resolves when none is on its way. */
  async idle(): Promise<void> {
    await Promise.all(this.#going.values());
  }

  async #send(delivery: ClaimedDelivery): Promise<void> {
    try {
      await send(delivery, this.#sending);
    } catch (error) {
      // It stays claimed for a while; then it is tried again.
      const isPassing = isAway(error) || isConflict(error);
      if (isPassing) this.#sending.log.warn({ err: error }, 'what became of a delivery cannot be kept');
      else this.#failure ??= { error };
    } finally {
      this.#going.delete(delivery);
      this.bell.ring();
    }
  }
}

async function send(delivery: Delivery, { sql, care, signal }: Sending): Promise<void> {
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
