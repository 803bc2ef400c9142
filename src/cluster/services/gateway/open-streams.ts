/**
 * Streams, long polls and downloads that are open, by key: those of a key that ends are cut, and all when the gateway
 * stops.
 */
import type { ServerResponse } from 'node:http';

export class OpenStreams {
  readonly #ofKey = new Map<string, Set<AbortController>>();

  /** Aborts when the stream is to end, or its client is gone. */
  open(keyId: string, response: ServerResponse): AbortSignal {
    const ending = new AbortController();
    const streams = this.#ofKey.get(keyId) ?? new Set();
    this.#ofKey.set(keyId, streams.add(ending));
    response.once('close', () => {
      streams.delete(ending);
      if (streams.size === 0 && this.#ofKey.get(keyId) === streams) this.#ofKey.delete(keyId);
      ending.abort();
    });
    return ending.signal;
  }

  cut(keyId: string): void {
    for (const ending of this.#ofKey.get(keyId) ?? []) ending.abort();
  }

  cutAll(): void {
    for (const keyId of this.#ofKey.keys()) this.cut(keyId);
  }
}
