/** Listens on a channel of PostgreSQL with a connection of its own, which is made again where it breaks. */
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { Client, type ClientConfig } from 'pg';

const CONNECT_TIMEOUT_MS = 5_000;
const RETRY_MS = 500;

export async function* notifications(
  address: ClientConfig,
  channel: string,
  signal: AbortSignal,
): AsyncGenerator<void, void> {
  const over = new AbortController();
  const ended = AbortSignal.any([signal, over.signal]);
  let news = Promise.withResolvers<void>();
  const ring = () => news.resolve();
  ended.addEventListener('abort', ring, { once: true });
  const listening = keepListening(address, channel, ring, ended);
  try {
    for (;;) {
      await news.promise;
      if (ended.aborted) return;
      news = Promise.withResolvers();
      yield;
    }
  } finally {
    over.abort();
    await listening;
  }
}

async function keepListening(address: ClientConfig, channel: string, ring: () => void, ended: AbortSignal) {
  while (!ended.aborted) {
    // Whoever listens looks for itself now and then, so that nobody needs to hear of this.
    await listen(address, channel, ring, ended).catch(() => {});
    await pause(RETRY_MS, undefined, { signal: ended }).catch(() => {});
  }
}

async function listen(address: ClientConfig, channel: string, ring: () => void, ended: AbortSignal): Promise<void> {
  const client = new Client({ ...address, keepAlive: true, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
  client.on('error', () => {});
  client.on('notification', ring);
  try {
    await client.connect();
    await client.query(`LISTEN ${channel}`);
    // What happened before it listened.
    ring();
    await once(client, 'end', { signal: ended });
  } finally {
    // Not awaited: a server that stands still does not answer.
    void client.end().catch(() => {});
  }
}
