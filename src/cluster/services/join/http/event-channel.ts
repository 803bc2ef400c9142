/**
 * Server-sent events to one reader. A reader who does not read costs 8 MiB and one event at most: then it is cut off,
 * and comes back with the id of the last event that it got.
 */
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';

const UNREAD_BYTES_MAX = 8 * 2 ** 20;
const FLOWING_BYTES_MAX = 256 * 2 ** 10;
/** How long a replay waits for a reader who takes nothing at all. */
const STUCK_MS = 60_000;

export interface ServerEvent {
  readonly event: string;
  readonly id?: string;
  /** One line. */
  readonly data: string;
}

export class EventChannel {
  readonly #response: ServerResponse;
  readonly #closed = new AbortController();

  constructor(response: ServerResponse) {
    this.#response = response;
    response.on('close', () => this.#closed.abort());
    response.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    response.flushHeaders();
  }

  /** Aborts when the reader is gone or was cut off, and after `end`. */
  get closed(): AbortSignal {
    return this.#closed.signal;
  }

  send({ event, id, data }: ServerEvent): void {
    this.#write(`event: ${event}\n${id === undefined ? '' : `id: ${id}\n`}data: ${data}\n\n`);
  }

  /** Shows the reader, and everything between, that the stream is open. */
  beat(): void {
    this.#write(':\n\n');
  }

  /** Resolves when the reader has taken most of what was sent, or is gone. */
  async drained(): Promise<void> {
    const { closed } = this;
    while (!closed.aborted && this.#response.writableLength > FLOWING_BYTES_MAX) {
      const before = this.#response.writableLength;
      const stuck = AbortSignal.timeout(STUCK_MS);
      await once(this.#response, 'drain', { signal: AbortSignal.any([closed, stuck]) }).catch(() => {});
      if (stuck.aborted && this.#response.writableLength >= before) this.#response.destroy();
    }
  }

  end(): void {
    this.#response.end();
    this.#closed.abort();
  }

  #write(text: string): void {
    if (this.#closed.signal.aborted) return;
    if (this.#response.writableLength > UNREAD_BYTES_MAX) this.#response.destroy();
    else this.#response.write(text);
  }
}
