/** All open streams of this replica. While nothing happens, each is shown to be open now and then. */
import type { FastifyReply } from 'fastify';
import { EventChannel } from './event-channel.ts';

const HEARTBEAT_MS = 10_000;

export class Channels implements Disposable {
  readonly #open = new Set<EventChannel>();
  readonly #beating: NodeJS.Timeout;

  constructor() {
    this.#beating = setInterval(() => {
      for (const channel of this.#open) channel.beat();
    }, HEARTBEAT_MS);
  }

  get count(): number {
    return this.#open.size;
  }

  /** The answer is a stream from now on. */
  open(reply: FastifyReply): EventChannel {
    reply.hijack();
    const channel = new EventChannel(reply.raw);
    this.#open.add(channel);
    channel.closed.addEventListener('abort', () => this.#open.delete(channel));
    return channel;
  }

  [Symbol.dispose](): void {
    clearInterval(this.#beating);
  }
}
