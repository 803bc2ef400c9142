/**
 * A replay begins when the store has all that was in the log when it was asked for. Should that take longer, what is
 * there is shown first.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { untilItWorks } from '../../common/patiently.ts';
import type { WriterProgress } from '../live/writer-progress.ts';

/** The writer is seldom further behind. */
const PATIENCE_MS = 200;

export interface Replaying {
  readonly progress: Pick<WriterProgress, 'caughtUp'>;
  readonly log: Logger;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/** Calls `pass` once or twice, the last time with everything stored. Never rejects. */
export async function replay(pass: () => Promise<void>, { progress, log, signal }: Replaying): Promise<boolean> {
  const once = () => untilItWorks('reading what is stored', pass, log, signal);
  const caughtUp = progress.caughtUp().then(() => true);
  const aborted = new Promise<false>(resolve => signal.addEventListener('abort', () => resolve(false), { once: true }));
  try {
    const isSoon = await Promise.race([caughtUp, pause(PATIENCE_MS, false, { signal })]);
    if (!isSoon) await once();
    if (!isSoon && !(await Promise.race([caughtUp, aborted]))) return false;
    await once();
    return !signal.aborted;
  } catch (error) {
    if (signal.aborted) return false;
    throw error;
  }
}
