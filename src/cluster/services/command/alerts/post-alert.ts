/** Tells the webhook. One that does not answer is tried again for a while; then only the log knows of the alert. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';

const ANSWER_MS = 5_000;
const PAUSES_MS = [1_000, 5_000, 30_000];

export interface Webhook {
  readonly url: string;
  readonly log: Logger;
  readonly signal: AbortSignal;
  /** Between two tries; milliseconds. */
  readonly pausesMs?: readonly number[];
}

export async function postAlert(alert: object, webhook: Webhook): Promise<void> {
  const { url, log, signal, pausesMs = PAUSES_MS } = webhook;
  const body = JSON.stringify({ v: 1, kind: 'alert', ...alert });
  for (const pauseMs of [...pausesMs, undefined]) {
    const problem = await problemOf(url, body, signal);
    if (problem === undefined || signal.aborted) return;
    log.warn({ problem, pauseMs }, 'the webhook did not take an alert');
    if (pauseMs !== undefined) await pause(pauseMs, undefined, { signal }).catch(() => {});
  }
}

async function problemOf(url: string, body: string, signal: AbortSignal): Promise<string | undefined> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]),
    });
    await response.body?.cancel();
    return response.ok ? undefined : `status ${response.status}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
