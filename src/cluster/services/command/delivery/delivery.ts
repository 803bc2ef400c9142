/** What somebody outside is to be told by a POST, until it was heard. It may be told twice. Pure. */
import type { MessageOf } from '../../../contracts/define-message.ts';
import type { CaseView } from '../../../contracts/http/case-view.ts';
import type { runChanged } from '../../../contracts/messages/run-changed.ts';
import type { Threshold } from '../../common/settings.ts';
import { type Cause, causeHeaders } from '../../common/trace.ts';
import { type Policies, policyOf } from '../hospital/policies.ts';
import type { LevelChange } from '../store/alerts.ts';

export interface Delivery {
  readonly deliveryId: string;
  readonly kind: 'callback' | 'webhook';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON. */
  readonly body: string;
  readonly runId: string | null;
  readonly keyId: string | null;
  readonly correlationId: string | null;
  /** Tries so far. */
  readonly attempts: number;
  /** Pauses of its policy that were used, since a person looked at it last. */
  readonly retries: number;
  /** Not tried earlier. Null: it is in the hospital. Epoch milliseconds. */
  readonly nextMs: number | null;
}

export const UNDELIVERED = 'GB_DELIVERY_FAILED';

/** Tells whoever waits for a run that it is over. */
export function callback(url: string, message: MessageOf<typeof runChanged>, cause: Cause): Delivery {
  const { runId, keyId, version, atMs } = message;
  return {
    deliveryId: `${runId}:${version}`,
    kind: 'callback',
    url,
    headers: { ...causeHeaders(cause), 'gobool-run-id': runId },
    body: JSON.stringify(message),
    runId,
    keyId,
    correlationId: cause.correlationId,
    attempts: 0,
    retries: 0,
    nextMs: atMs,
  };
}

/** Tells whoever looks after the cluster of a case. */
export function caseWebhook(url: string, view: CaseView): Delivery {
  const { caseId, runId = null, keyId = null, correlationId = null, attempts, atMs } = view;
  return {
    deliveryId: `${caseId}:${attempts}`,
    kind: 'webhook',
    url,
    headers: correlationId === null ? {} : { 'correlation-id': correlationId },
    body: JSON.stringify({ v: 1, kind: 'case', case: view }),
    runId,
    keyId,
    correlationId,
    attempts: 0,
    retries: 0,
    nextMs: atMs,
  };
}

/** Tells whoever looks after the cluster of a metric that passed a threshold, or came back. */
export function alertWebhook(url: string, change: LevelChange, threshold: Threshold): Delivery {
  const { metric, atMs } = change;
  return {
    deliveryId: `alert:${metric}:${atMs}`,
    kind: 'webhook',
    url,
    headers: {},
    body: JSON.stringify({ v: 1, kind: 'alert', ...change, threshold }),
    runId: null,
    keyId: null,
    correlationId: null,
    attempts: 0,
    retries: 0,
    nextMs: atMs,
  };
}

/** When one that was not heard is tried again; nothing: never by itself. `nowMs`: epoch milliseconds. */
export function nextTryMs({ retries }: Delivery, policies: Policies, nowMs: number): number | undefined {
  const pauseMs = policyOf(policies, UNDELIVERED).retryMs[retries];
  return pauseMs === undefined ? undefined : nowMs + pauseMs;
}
