/** Waiting for engines that are away: said once, tried again until it works. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';

const RETRY_MS = 1_000;

/** Repeats `work` until it succeeds; rejects only with the signal's reason. */
export async function untilItWorks<T>(
  what: string,
  work: () => Promise<T>,
  log: Logger,
  signal: AbortSignal,
): Promise<T> {
  for (let isSaid = false; ; isSaid = true) {
    signal.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      if (!isSaid) log.warn({ err: error }, `${what} does not work; trying again`);
      await sleep(RETRY_MS, undefined, { signal });
    }
  }
}
