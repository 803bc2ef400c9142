/**
 * The log between processes: topics of partitions, read by groups. A message is delivered at least once, in the order
 * of its partition; its group's place moves past it only after its handler is done. Values are bytes or text, never
 * interpreted.
 */

export interface OutgoingMessage {
  /** Messages of one key go to one partition, in order. Without a key and a partition: any partition. */
  readonly key?: string;
  readonly value: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
  /** Overrules the key. */
  readonly partition?: number;
}

export interface Message {
  readonly topic: string;
  readonly partition: number;
  /** Place in its partition; grows, with holes. */
  readonly offset: bigint;
  /** When the bus took it, or what its producer said; epoch milliseconds. */
  readonly timeMs: number;
  readonly key: string | null;
  readonly value: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * At the first messages; after the last ones; or where that group stands, which is at the first message of a partition
 * in which it has no place.
 */
export type Start = 'beginning' | 'latest' | { readonly group: string };

export interface Place {
  readonly topic: string;
  readonly partition: number;
  /** Of the message that comes next, or a smaller one. */
  readonly offset: bigint;
}

interface GroupOptions {
  /** Members of one group share the partitions; the group's place survives them. */
  readonly group: string;
  readonly topics: readonly string[];
  /** Where a group starts that has no place yet, at the time of `subscribe`. */
  readonly from: Start;
}

/**
 * One call at a time, or where it says so, one for each of several partitions. When it throws, its message or messages
 * come again after a pause, and later ones of the partition wait. It must be done within 5 seconds, or the group goes
 * on without this member and they come again.
 */
export type MessageHandler =
  | { readonly handler: (message: Message) => Promise<void> }
  /** Gets messages of one partition that wait, in order: at least one, about a megabyte at most if they are several. */
  | {
      readonly batchHandler: (messages: readonly Message[]) => Promise<void>;
      /** Default 1. */
      readonly partitionsAtOnce?: number;
    };

export type SubscribeOptions = GroupOptions & MessageHandler;

export interface PartitionOptions {
  readonly topic: string;
  readonly partition: number;
  /** Names the reader towards the bus; nobody else may use it. */
  readonly reader: string;
  /** Gets the messages in order, each once. It must return at once and must not throw. */
  readonly handler: (message: Message) => void;
}

export interface Subscription {
  /** Resolves once every message published from now on will be delivered to the group. */
  readonly positioned: Promise<void>;
  /** Resolves when it was closed; rejects with a coded error when the bus will not serve it any more. */
  readonly ended: Promise<void>;
  /** Waits for the running handler, gives the partitions back. */
  readonly close: () => Promise<void>;
}

/**
 * Rejects with GB_BUS_UNAVAILABLE when nobody answers, GB_BUS_REFUSED when the answer is no: a topic or partition that
 * does not exist, a message of more than a megabyte.
 */
export interface Bus {
  /** Resolves when all of them are stored, in this order, some perhaps twice. After an error any part may be. */
  publish(topic: string, messages: readonly OutgoingMessage[]): Promise<void>;
  subscribe(options: SubscribeOptions): Promise<Subscription>;
  /**
   * Reads one partition, whoever else does, from what is published after the call on. Its place is kept here alone: it
   * survives an outage of the bus, but not this subscription.
   */
  subscribePartition(options: PartitionOptions): Promise<Subscription>;
  /** One for each partition of the topics. */
  places(topics: readonly string[], at: Start): Promise<readonly Place[]>;
  /** Ends all of its subscriptions. */
  close(): Promise<void>;
}
