/** One group of the in-memory bus: its members, its place in every partition, and what is being handled. */
import { assert } from '../../../runtime/base/assert.ts';
import type { Message, MessageHandler, Subscription } from '../../ports/bus.ts';

/** Messages of each partition of a topic. */
export type Log = Message[][];

const PAUSE_AFTER_FAILURE_MS = 20;

interface Partition {
  readonly topic: string;
  readonly messages: readonly Message[];
  /** Index of the message that is next. */
  place: number;
  /** One of its messages is being handled, or waits to be handled again. */
  isHeld: boolean;
}

interface Member {
  readonly topics: ReadonlySet<string>;
  readonly handler: MessageHandler;
  readonly running: Set<Promise<void>>;
}

export class BusGroup {
  readonly #partitions = new Map<string, readonly Partition[]>();
  readonly #members: Member[] = [];

  /** `start`: offset of its first message in a partition, where the group has no place. */
  join(
    logs: ReadonlyMap<string, Log>,
    start: (topic: string, partition: number) => number,
    handler: MessageHandler,
  ): Subscription {
    for (const [topic, log] of logs) {
      const enter = (messages: readonly Message[], i: number) => ({
        topic,
        messages,
        place: start(topic, i),
        isHeld: false,
      });
      if (!this.#partitions.has(topic)) this.#partitions.set(topic, log.map(enter));
    }
    const member: Member = { topics: new Set(logs.keys()), handler, running: new Set() };
    const ended = Promise.withResolvers<void>();
    this.#members.push(member);
    this.deliver();
    const close = async () => {
      if (this.#members.includes(member)) this.#members.splice(this.#members.indexOf(member), 1);
      await Promise.all(member.running);
      this.deliver();
      ended.resolve();
    };
    return { positioned: Promise.resolve(), ended: ended.promise, close };
  }

  /** Offset of the message that is next, if the group reads the topic. */
  place(topic: string, partition: number): number | undefined {
    return this.#partitions.get(topic)?.[partition]?.place;
  }

  /** Gives every member that has a hand free what waits for it. */
  deliver(): void {
    for (const member of this.#members) {
      const { running, handler } = member;
      const hands = ('batchHandler' in handler && handler.partitionsAtOnce) || 1;
      const waiting = this.#assigned(member).filter(
        ({ place, messages, isHeld }) => !isHeld && place < messages.length,
      );
      for (const partition of waiting.slice(0, hands - running.size)) {
        const handling = this.#handle(handler, partition).then(() => {
          running.delete(handling);
          this.deliver();
        });
        running.add(handling);
      }
    }
  }

  /** Every partition of a topic goes to one of the members that want the topic, in turn. */
  #assigned(member: Member): readonly Partition[] {
    return [...member.topics].flatMap(topic => {
      const sharing = this.#members.filter(({ topics }) => topics.has(topic));
      const turn = sharing.indexOf(member);
      return (this.#partitions.get(topic) ?? []).filter((_, i) => i % sharing.length === turn);
    });
  }

  async #handle(handler: MessageHandler, partition: Partition): Promise<void> {
    const waiting = partition.messages.slice(partition.place);
    const [first] = waiting;
    assert(first !== undefined, 'a message waits there');
    partition.isHeld = true;
    try {
      await ('handler' in handler ? handler.handler(first) : handler.batchHandler(waiting));
      partition.place += 'handler' in handler ? 1 : waiting.length;
      partition.isHeld = false;
    } catch {
      setTimeout(() => {
        partition.isHeld = false;
        this.deliver();
      }, PAUSE_AFTER_FAILURE_MS);
    }
  }
}
