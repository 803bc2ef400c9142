/**
 * Follows a stream of the gateway over as many connections as it takes. A new one goes on after the last event that was
 * had: a gateway or a join service may die, and nobody notices but for the pause.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { EventSourceMessage } from 'eventsource-parser';
import { GoboolError } from '../../runtime/base/error.ts';
import { backoffMs } from './backoff.ts';
import { EventConnection } from './event-connection.ts';
import { type GatewayAddress, unreachable } from './request.ts';

/**
 * What came of an event. `more`: it was had, and another one is wanted. `again`: it is not the one that follows; a new
 * connection brings what is between. `end`: it was the last one.
 */
export type Taken = 'more' | 'again' | 'end';

/** Nothing was heard for so long, over all connections. */
const PATIENCE_MS = 60_000;
/** A stream that has so many holes will not become whole. */
const HOLES_MAX = 20;

/**
 * Resolves after the event that `take` calls the last; `onReconnect` is told of every connection but the first. Throws
 * what `take` throws, lasting refusals, the signal's reason, and `GB_CLUSTER_UNREACHABLE`.
 */
export async function followStream(
  gateway: GatewayAddress,
  path: string,
  take: (event: EventSourceMessage) => Taken,
  signal: AbortSignal,
  onReconnect?: () => void,
): Promise<void> {
  let lastId: string | undefined;
  let heardMs = performance.now();
  let holes = 0;
  for (let failures = 0; ; failures++) {
    using connection = new EventConnection(gateway, path, lastId, signal);
    for await (const events of connection.read()) {
      heardMs = performance.now();
      failures = 0;
      const { taken, had } = takeAll(events, take);
      lastId = had ?? lastId;
      if (taken === 'end') return;
      if (taken === 'again' && ++holes > HOLES_MAX)
        throw new GoboolError('GB_CLUSTER_UNREACHABLE', `${path} has holes.`);
      if (taken === 'again') break;
    }
    signal.throwIfAborted();
    if (performance.now() - heardMs > PATIENCE_MS) throw unreachable(gateway, connection.failure);
    await pause(backoffMs(failures), undefined, { signal });
    onReconnect?.();
  }
}

/** Stops at the first one that is not followed by more. `had`: the last id before it. */
function takeAll(events: readonly EventSourceMessage[], take: (event: EventSourceMessage) => Taken) {
  let had: string | undefined;
  for (const event of events) {
    const taken = take(event);
    if (taken !== 'more') return { taken, had };
    had = event.id ?? had;
  }
  return { taken: 'more', had } as const;
}
