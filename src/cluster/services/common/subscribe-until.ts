/** A new member of a group waits for all others, for seconds where one is busy or dead. Who is to end does not. */
import type { Bus, SubscribeOptions, Subscription } from '../../ports/bus.ts';
import { orAborted } from './or-aborted.ts';

/** Rejects with the signal's reason as soon as it aborts; what comes of it afterwards is closed. */
export async function subscribeUntil(
  bus: Pick<Bus, 'subscribe'>,
  options: SubscribeOptions,
  signal: AbortSignal,
): Promise<Subscription> {
  const subscribing = bus.subscribe(options);
  const closeLate = () => void subscribing.then(late => late.close()).catch(() => {});
  return await orAborted(subscribing, signal).catch(error => {
    if (signal.aborted) closeLate();
    throw error;
  });
}
