/** What becomes of a case. Pure. */
import type { MessageOf } from '../../../contracts/define-message.ts';
import type { caseResolve } from '../../../contracts/messages/case-resolve.ts';
import type { ErrorOfRun } from '../run/run.ts';
import { type Case, type CaseEvent, type Condition, isUnresolved } from './case.ts';
import { type Policies, policyOf } from './policies.ts';

export interface Illness {
  readonly error: ErrorOfRun;
  /** Tries so far, earlier illnesses included. */
  readonly attempts: number;
  /** The pauses of its policy have been used, as tasks and deliveries do. */
  readonly isLast: boolean;
}

/**
 * `known`: what fell ill has been here before. Nothing: it is here, or was given up, or somebody said it twice.
 * `nowMs`: epoch milliseconds.
 */
export function decideIllness(
  known: Case | undefined,
  { error, attempts, isLast }: Illness,
  policies: Policies,
  nowMs: number,
): Condition | undefined {
  if (known !== undefined && (known.state !== 'retried' || attempts <= known.attempts)) return undefined;
  const policy = policyOf(policies, error.code);
  const pauseMs = isLast ? undefined : policy.retryMs[known?.retries ?? 0];
  const condition = { error, attempts, atMs: nowMs };
  if (pauseMs !== undefined) return { ...condition, state: 'retrying', nextMs: nowMs + pauseMs };
  return { ...condition, state: policy.finally === 'ignore' ? 'ignored' : 'open', nextMs: null };
}

type Resolution = MessageOf<typeof caseResolve>;

/** Nothing: it is resolved. A message is published by whoever looks after those that are due. */
export function decideResolution(known: Case, { action, keyId: by }: Resolution, nowMs: number): CaseEvent | undefined {
  if (!isUnresolved(known)) return undefined;
  if (action === 'discard') return { type: 'discarded', by };
  return known.kind === 'message' ? { type: 'scheduled', nextMs: nowMs, by } : { type: 'retried', by };
}
