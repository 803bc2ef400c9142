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

export interface SubscribeOptions {
  /** Members of one group share the partitions; the group's place survives them. */
  readonly group: string;
  readonly topics: readonly string[];
  /**
   * Where a group starts that has no place yet: at the first message, or after the last one at the time of `subscribe`.
   */
  readonly from: 'beginning' | 'latest';
  /**
   * One call at a time. When it throws, the message comes again after a pause, and later ones of its partition wait. It
   * must be done within 5 seconds, or the group goes on without this member and the message comes again.
   */
  readonly handler: (message: Message) => Promise<void>;
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
  /** Ends all of its subscriptions. */
  close(): Promise<void>;
}
