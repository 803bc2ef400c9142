/**
 * Handles the messages of a group so that none of them keeps its neighbours waiting. What cannot be read goes to the
 * error hospital at once, since it would never be read; what fails again and again, and not because an engine is away,
 * goes there too. A batch that fails is halved until the one that fails is alone: all before it are done by then, and
 * are handled once more when the batch comes again, which they must bear.
 */
import type { Logger } from 'pino';
import type { Bus, Message } from '../../ports/bus.ts';
import { sendDeadLetter } from './dead-letter.ts';
import { isAway } from './engines-away.ts';

export interface Serving<T> {
  /** Nothing: a message for others. Throws for one that nobody can read. */
  readonly read: (message: Message) => T | undefined;
  /** In the order of their partition. */
  readonly handle: (items: readonly T[]) => Promise<void>;
  /** The same, where `handle` shares its fate with others: what fails there is not to blame yet. */
  readonly handleAlone?: (items: readonly T[]) => Promise<void>;
  readonly bus: Bus;
  /** Its name. */
  readonly service: string;
  readonly log: Logger;
  /** Told of every message that goes to the hospital. */
  readonly onDeadLetter?: () => void;
}

/** For a subscription's `batchHandler`. */
export function serveMessages<T>(serving: Serving<T>): (messages: readonly Message[]) => Promise<void> {
  const server = new MessageServer(serving);
  return messages => server.serve(messages);
}

interface Item<T> {
  readonly message: Message;
  readonly content: T;
}

/** Between two of them the bus pauses. */
const TRIES_MAX = 5;

class MessageServer<T> {
  readonly #serving: Serving<T>;
  /** Of messages that came again, by place; of those that were given up so many that they are passed over. */
  readonly #tries = new Map<string, number>();
  #isWorking = true;

  constructor(serving: Serving<T>) {
    this.#serving = serving;
  }

  async serve(messages: readonly Message[]): Promise<void> {
    try {
      const items = await Promise.all(messages.map(message => this.#read(message)));
      await this.#handle(items.flat());
      for (const message of messages) this.#tries.delete(placeOf(message));
      this.#isWorking = true;
    } catch (error) {
      if (this.#isWorking) this.#serving.log.warn({ err: error }, 'messages could not be handled; they come again');
      this.#isWorking = false;
      throw error;
    }
  }

  async #read(message: Message): Promise<readonly Item<T>[]> {
    if ((this.#tries.get(placeOf(message)) ?? 0) >= TRIES_MAX) return [];
    try {
      const content = this.#serving.read(message);
      return content === undefined ? [] : [{ message, content }];
    } catch (error) {
      await this.#giveUp(message, error, 1);
      this.#tries.set(placeOf(message), TRIES_MAX);
      return [];
    }
  }

  async #handle(items: readonly Item<T>[]): Promise<void> {
    if (items.length === 0) return;
    try {
      await this.#serving.handle(items.map(({ content }) => content));
    } catch (error) {
      if (isAway(error)) throw error;
      await this.#handleAlone(items);
    }
  }

  async #handleAlone(items: readonly Item<T>[]): Promise<void> {
    const { handle, handleAlone = handle } = this.#serving;
    const [first] = items;
    if (first === undefined) return;
    try {
      await handleAlone(items.map(({ content }) => content));
    } catch (error) {
      if (isAway(error)) throw error;
      if (items.length === 1) return await this.#failed(first.message, error);
      const half = Math.ceil(items.length / 2);
      await this.#handleAlone(items.slice(0, half));
      await this.#handleAlone(items.slice(half));
    }
  }

  /** Throws the error until it came often enough. */
  async #failed(message: Message, error: unknown): Promise<void> {
    const place = placeOf(message);
    const count = (this.#tries.get(place) ?? 0) + 1;
    if (count === TRIES_MAX) await this.#giveUp(message, error, count);
    this.#tries.set(place, count);
    if (count < TRIES_MAX) throw error;
  }

  async #giveUp(message: Message, error: unknown, attempts: number): Promise<void> {
    const { bus, service, log, onDeadLetter } = this.#serving;
    const { topic, partition, offset } = message;
    log.error({ err: error, topic, partition, offset: String(offset), attempts }, 'a message goes to the hospital');
    await sendDeadLetter(bus, message, { service, error, attempts });
    onDeadLetter?.();
  }
}

const placeOf = ({ topic, partition, offset }: Message) => `${topic}/${partition}/${offset}`;
