/** A reader of one partition of the in-memory bus, from its present end on. */
import type { Message, PartitionOptions, Subscription } from '../../ports/bus.ts';

export class PartitionReader implements Subscription {
  readonly positioned = Promise.resolve();
  readonly ended: Promise<void>;
  readonly #messages: readonly Message[];
  readonly #handler: PartitionOptions['handler'];
  readonly #end: () => void;
  #place: number;
  #isClosed = false;

  constructor(messages: readonly Message[], handler: PartitionOptions['handler']) {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.ended = promise;
    this.#end = resolve;
    this.#messages = messages;
    this.#handler = handler;
    this.#place = messages.length;
  }

  /** Never from within the call that published. */
  deliver(): void {
    queueMicrotask(() => {
      for (; !this.#isClosed && this.#place < this.#messages.length; this.#place++) {
        const message = this.#messages[this.#place];
        if (message !== undefined) this.#handler(message);
      }
    });
  }

  readonly close = async (): Promise<void> => {
    this.#isClosed = true;
    this.#end();
  };
}
