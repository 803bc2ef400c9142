/** The two ways in which a service works until its signal aborts: again and again, and whenever a message comes. */
import type { Logger } from 'pino';
import { GoboolError } from '../../../runtime/base/error.ts';
import type { Bus, SubscribeOptions } from '../../ports/bus.ts';
import { isAway, waitOut } from '../common/engines-away.ts';
import { subscribeUntil } from '../common/subscribe-until.ts';
import { Bell } from './bell.ts';

export interface Going {
  readonly bus: Bus;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

export interface Round {
  /** For the log: `send messages`. */
  readonly doing: string;
  readonly work: () => Promise<unknown>;
  /** How long a bell that was not heard may cost. */
  readonly everyMs: number;
  /** Rings for the next round. */
  readonly bell?: Bell;
}

/** Where another replica was first, the next round sees it. Engines that are away are waited for. */
export async function keepDoing({ doing, work, everyMs, bell = new Bell() }: Round, going: Going): Promise<void> {
  const { signal } = going;
  signal.addEventListener('abort', bell.ring, { once: true });
  while (!signal.aborted) {
    await waitOut(doing, work, going).catch(error => {
      if (!signal.aborted && !isConflict(error)) throw error;
    });
    if (!signal.aborted) await bell.wait(everyMs);
  }
}

/** Another replica was first. */
export const isConflict = (error: unknown): boolean => error instanceof GoboolError && error.code === 'GB_SQL_CONFLICT';

/** Where the bus ends a subscription, there is another one. */
export async function keepReading(options: SubscribeOptions, going: Going): Promise<void> {
  const { bus, signal } = going;
  const doing = `read ${options.topics.join(', ')}`;
  while (!signal.aborted) {
    const subscription = await waitOut(doing, () => subscribeUntil(bus, options, signal), going).catch(error => {
      if (!signal.aborted) throw error;
    });
    if (subscription === undefined) return;
    const close = () => void subscription.close();
    signal.addEventListener('abort', close, { once: true });
    if (signal.aborted) close();
    await subscription.ended.catch(error => {
      if (!isAway(error)) throw error;
    });
    signal.removeEventListener('abort', close);
  }
}
