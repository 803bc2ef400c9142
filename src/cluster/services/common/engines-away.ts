/**
 * Waits out engines that are away, and only that: the same work again, until it succeeds or fails for another reason.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { GoboolError } from '../../../runtime/base/error.ts';

const AWAY: ReadonlySet<string> = new Set([
  'GB_BUS_UNAVAILABLE',
  'GB_ETCD_UNAVAILABLE',
  'GB_DOCUMENTS_UNAVAILABLE',
  'GB_SQL_UNAVAILABLE',
  'GB_SQL_TIMEOUT',
]);
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2_000;

export const isAway = (error: unknown): boolean => error instanceof GoboolError && AWAY.has(error.code);

export interface Waiting {
  readonly log: Logger;
  /** Ends it with its reason; work that runs is awaited. */
  readonly signal: AbortSignal;
}

/** `work` must bear repetition. `doing`: for the log, `publish a piece`; it gets one line however long it takes. */
export async function waitOut<T>(doing: string, work: () => Promise<T>, { log, signal }: Waiting): Promise<T> {
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    signal.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      if (!isAway(error)) throw error;
      if (pauseMs === FIRST_PAUSE_MS) log.warn({ err: error }, `waits to ${doing}`);
      await pause(pauseMs, undefined, { signal }).catch(() => {});
    }
  }
}
