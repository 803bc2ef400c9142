/** A reader of server-sent events that keeps what it gets, and may stop reading. */
import { request } from 'node:http';
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { vi } from 'vitest';

export interface EventReader {
  readonly events: readonly (EventSourceMessage & { readonly atMs: number })[];
  /** Whether the server ended or cut the stream. */
  readonly isOver: () => boolean;
  readonly until: (isSo: () => boolean, timeoutMs?: number) => Promise<void>;
  readonly pause: () => void;
  readonly resume: () => void;
  readonly close: () => void;
}

export async function readEvents(url: string, lastEventId?: string): Promise<EventReader> {
  const events: (EventSourceMessage & { atMs: number })[] = [];
  const parser = createParser({ onEvent: event => events.push({ ...event, atMs: performance.now() }) });
  const headers = lastEventId === undefined ? {} : { 'last-event-id': lastEventId };
  const outgoing = request(url, { headers, agent: false });
  outgoing.end();
  const { promise, resolve, reject } = Promise.withResolvers<import('node:http').IncomingMessage>();
  outgoing.on('response', resolve).on('error', reject);
  const response = await promise;
  let isOver = false;
  response.setEncoding('utf8');
  response.on('data', text => parser.feed(text));
  response.on('error', () => {});
  response.on('close', () => {
    isOver = true;
  });
  return {
    events,
    isOver: () => isOver,
    until: async (isSo, timeoutMs = 30_000) => {
      await vi.waitUntil(isSo, { timeout: timeoutMs, interval: 5 });
    },
    pause: () => response.pause(),
    resume: () => response.resume(),
    close: () => outgoing.destroy(),
  };
}
