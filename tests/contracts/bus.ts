/** What every adapter of the port `Bus` must do. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Bus, Message, MessageHandler, Place, Start, SubscribeOptions } from '../../src/cluster/ports/bus.ts';
import { errorOf } from '../helpers/errors.ts';

export interface BusUnderTest {
  readonly bus: Bus;
  readonly makeTopic: (partitions: number) => Promise<string>;
}

const until = (isSo: () => boolean | Promise<boolean>) => vi.waitUntil(isSo, { timeout: 30_000, interval: 20 });
const numbered = (count: number) => Array.from({ length: count }, (_, i) => ({ value: String(i) }));
const textsOf = (messages: readonly Message[]) => messages.map(({ value }) => value.toString());
const textsOfNumbered = (count: number) => numbered(count).map(({ value }) => value);
const refused = async (work: Promise<unknown>) => expect((await errorOf(() => work)).code).toBe('GB_BUS_REFUSED');
const numerically = (a: string, b: string) => Number(a) - Number(b);

export function busContract(open: () => Promise<BusUnderTest>): void {
  let bus: Bus;
  let makeTopic: BusUnderTest['makeTopic'];
  beforeAll(async () => {
    ({ bus, makeTopic } = await open());
  });
  afterAll(() => bus.close());

  const newGroup = () => `group-${randomUUID()}`;

  /** A member that keeps what it was given, and knows where it stands. */
  async function reader(
    topic: string,
    options: Partial<Omit<SubscribeOptions, 'handler'>> & Partial<MessageHandler> = {},
  ) {
    const messages: Message[] = [];
    const handler = async (message: Message) => {
      messages.push(message);
    };
    const reading = 'batchHandler' in options ? {} : { handler };
    const subscription = await bus.subscribe({
      group: newGroup(),
      topics: [topic],
      from: 'beginning',
      ...reading,
      ...options,
    } as SubscribeOptions);
    await subscription.positioned;
    return { messages, close: subscription.close };
  }

  describe('publish', () => {
    test('carries key, value, headers and time', async () => {
      const topic = await makeTopic(1);
      const before = Date.now();
      await bus.publish(topic, [{ key: 'k', value: 'text', headers: { a: '1', b: 'é' } }]);
      await bus.publish(topic, [{ value: new Uint8Array([0, 255, 128]) }]);
      const { messages } = await reader(topic);
      await until(() => messages.length === 2);
      expect(messages[0]).toMatchObject({ topic, partition: 0, key: 'k', headers: { a: '1', b: 'é' } });
      expect(messages[0]!.value.toString()).toBe('text');
      expect(messages[0]!.timeMs).toBeGreaterThanOrEqual(before - 1000);
      expect(messages[1]).toMatchObject({ key: null, headers: {} });
      expect([...messages[1]!.value]).toEqual([0, 255, 128]);
      expect(messages[1]!.offset).toBeGreaterThan(messages[0]!.offset);
    });

    test('keeps one key in one partition, in order', async () => {
      const topic = await makeTopic(4);
      const keys = ['a', 'b', 'c', 'd', 'e', 'f'];
      for (let i = 0; i < 5; i++)
        await bus.publish(
          topic,
          keys.map(key => ({ key, value: String(i) })),
        );
      const { messages } = await reader(topic);
      await until(() => messages.length === 30);
      for (const key of keys) {
        const ofKey = messages.filter(message => message.key === key);
        expect(new Set(ofKey.map(({ partition }) => partition)).size).toBe(1);
        expect(textsOf(ofKey)).toEqual(textsOfNumbered(5));
      }
    });

    test('a partition overrules the key', async () => {
      const topic = await makeTopic(3);
      await bus.publish(
        topic,
        [0, 1, 2].map(partition => ({ key: 'same', value: String(partition), partition })),
      );
      const { messages } = await reader(topic);
      await until(() => messages.length === 3);
      for (const { value, partition } of messages) expect(value.toString()).toBe(String(partition));
    });

    test('takes a batch of many megabytes', async () => {
      const topic = await makeTopic(1);
      const filling = 'x'.repeat(1000);
      await bus.publish(
        topic,
        Array.from({ length: 3000 }, (_, i) => ({ value: `${i} ${filling}` })),
      );
      const { messages } = await reader(topic);
      await until(() => messages.length === 3000);
      expect(messages.map(({ value }) => Number.parseInt(value.toString(), 10))).toEqual([...Array(3000).keys()]);
    });

    test('refuses a topic, a partition that does not exist, and a message that is too large', async () => {
      const topic = await makeTopic(2);
      await refused(bus.publish(`missing-${randomUUID()}`, [{ value: 'x' }]));
      await refused(bus.publish(topic, [{ value: 'x', partition: 2 }]));
      await refused(bus.publish(topic, [{ value: 'x'.repeat(2_000_000) }]));
    });
  });

  describe('subscribe', () => {
    test('refuses a topic that does not exist', async () => {
      await refused(reader(`missing-${randomUUID()}`));
    });

    test('from the beginning gets what was there and what comes', async () => {
      const topic = await makeTopic(2);
      await bus.publish(topic, numbered(3));
      const { messages } = await reader(topic);
      await bus.publish(topic, [{ value: '3' }]);
      await until(() => messages.length === 4);
      expect(textsOf(messages).sort(numerically)).toEqual(textsOfNumbered(4));
    });

    test('from latest gets what comes after `subscribe`, and nothing older', async () => {
      const topic = await makeTopic(3);
      await bus.publish(
        topic,
        [0, 1, 2].map(partition => ({ value: 'old', partition })),
      );
      const messages: Message[] = [];
      const handler = async (message: Message) => {
        messages.push(message);
      };
      await bus.subscribe({ group: newGroup(), topics: [topic], from: 'latest', handler });
      await bus.publish(
        topic,
        [0, 1, 2].map(partition => ({ value: 'new', partition })),
      );
      await until(() => messages.length === 3);
      expect(textsOf(messages)).toEqual(['new', 'new', 'new']);
    });

    test('reads several topics', async () => {
      const topics = [await makeTopic(1), await makeTopic(2)];
      const { messages } = await reader('', { topics });
      for (const topic of topics) await bus.publish(topic, [{ value: topic }]);
      await until(() => messages.length === 2);
      expect(textsOf(messages).sort()).toEqual([...topics].sort());
      for (const { topic, value } of messages) expect(value.toString()).toBe(topic);
    });

    test('every group gets everything', async () => {
      const topic = await makeTopic(1);
      const readers = [await reader(topic), await reader(topic)];
      await bus.publish(topic, numbered(5));
      for (const { messages } of readers) {
        await until(() => messages.length === 5);
        expect(textsOf(messages)).toEqual(textsOfNumbered(5));
      }
    });
  });

  describe('a group', () => {
    test('goes on where it stood', async () => {
      const topic = await makeTopic(1);
      const group = newGroup();
      const first = await reader(topic, { group });
      await bus.publish(topic, numbered(3));
      await until(() => first.messages.length === 3);
      await first.close();
      await bus.publish(topic, [{ value: '3' }]);
      const second = await reader(topic, { group });
      await until(() => second.messages.length > 0);
      expect(textsOf(second.messages)).toEqual(['3']);
    });

    test('keeps a place at which nothing came yet', async () => {
      const topic = await makeTopic(2);
      const group = newGroup();
      await bus.publish(topic, [{ value: 'old' }]);
      await (await reader(topic, { group, from: 'latest' })).close();
      await bus.publish(topic, [{ value: 'meanwhile' }]);
      const { messages } = await reader(topic, { group, from: 'latest' });
      await until(() => messages.length > 0);
      expect(textsOf(messages)).toEqual(['meanwhile']);
    });

    test('shares the partitions among its members, and gives those of one that left to the others', async () => {
      const topic = await makeTopic(4);
      const group = newGroup();
      const [first, second] = [await reader(topic, { group }), await reader(topic, { group })];
      const total = () => first.messages.length + second.messages.length;
      let sent = 0;
      const send = () =>
        bus.publish(
          topic,
          [0, 1, 2, 3].map(partition => ({ value: String(sent++), partition })),
        );
      await until(async () => {
        await send();
        return first.messages.length > 0 && second.messages.length > 0;
      });
      await until(() => total() >= sent);
      await first.close();
      const atClose = first.messages.length;
      await send();
      await until(() => total() >= sent);
      const texts = textsOf([...first.messages, ...second.messages]);
      expect(new Set(texts)).toEqual(new Set(textsOfNumbered(sent)));
      expect(first.messages).toHaveLength(atClose);
    });
  });

  describe('places', () => {
    const offsetsOf = (places: readonly Place[]) =>
      places.toSorted((a, b) => a.partition - b.partition).map(({ offset }) => Number(offset));

    test('are the first messages, the ends, and where a group stands', async () => {
      const topic = await makeTopic(3);
      const group = newGroup();
      const first = await reader(topic, { group });
      await bus.publish(
        topic,
        [0, 0, 1].map(partition => ({ value: 'x', partition })),
      );
      await until(() => first.messages.length === 3);
      await first.close();
      await bus.publish(
        topic,
        [0, 2].map(partition => ({ value: 'y', partition })),
      );
      const placesAt = async (at: Start) => offsetsOf(await bus.places([topic], at));
      expect(await placesAt('beginning')).toEqual([0, 0, 0]);
      expect(await placesAt('latest')).toEqual([3, 1, 1]);
      expect(await placesAt({ group })).toEqual([2, 1, 0]);
      expect(await placesAt({ group: newGroup() })).toEqual([0, 0, 0]);
      await refused(bus.places([`missing-${randomUUID()}`], 'latest'));
    });

    test('of one group can be where another starts', async () => {
      const topic = await makeTopic(2);
      const writers = newGroup();
      const writer = await reader(topic, { group: writers });
      await bus.publish(
        topic,
        [0, 1].map(partition => ({ value: 'done', partition })),
      );
      await until(() => writer.messages.length === 2);
      await writer.close();
      await bus.publish(topic, [{ value: 'behind', partition: 1 }]);
      const { messages } = await reader(topic, { from: { group: writers } });
      await bus.publish(topic, [{ value: 'new', partition: 0 }]);
      await until(() => messages.length === 2);
      expect(textsOf(messages).sort()).toEqual(['behind', 'new']);
    });
  });

  describe('a batch handler', () => {
    test('gets each message once, in order, several at a time', async () => {
      const topic = await makeTopic(2);
      const sent = numbered(400).map(({ value }, i) => ({ value, partition: i % 2 }));
      await bus.publish(topic, sent);
      const batches: (readonly Message[])[] = [];
      const batchHandler = async (batch: readonly Message[]) => {
        batches.push(batch);
      };
      await reader(topic, { batchHandler });
      const texts = (partition: number) => textsOf(batches.flat().filter(message => message.partition === partition));
      await until(() => batches.flat().length === 400);
      for (const partition of [0, 1])
        expect(texts(partition)).toEqual(sent.filter(one => one.partition === partition).map(({ value }) => value));
      for (const batch of batches) expect(new Set(batch.map(({ partition }) => partition)).size).toBe(1);
      expect(batches.length).toBeLessThan(40);
    });

    test('is called for several partitions at once where it says so, for one of them once', async () => {
      const topic = await makeTopic(3);
      const running: number[] = [];
      let most = 0;
      let hasOverlap = false;
      const ended: string[] = [];
      const batchHandler = async (batch: readonly Message[]) => {
        const { partition = -1 } = batch[0] ?? {};
        hasOverlap ||= running.includes(partition);
        most = Math.max(most, running.push(partition));
        await new Promise(resolve => setTimeout(resolve, 50));
        running.splice(running.indexOf(partition), 1);
        ended.push(...textsOf(batch));
      };
      await bus.publish(
        topic,
        [0, 1, 2, 0, 1, 2].map((partition, i) => ({ value: String(i), partition })),
      );
      const { close } = await reader(topic, { batchHandler, partitionsAtOnce: 2 });
      await until(() => ended.length === 6);
      expect({ most, hasOverlap }).toEqual({ most: 2, hasOverlap: false });
      await close();
    });

    test('that throws gets the same messages again, and the group stands before them meanwhile', async () => {
      const topic = await makeTopic(1);
      const group = newGroup();
      await bus.publish(topic, numbered(3));
      const calls: string[] = [];
      let isBroken = true;
      const batchHandler = async (batch: readonly Message[]) => {
        calls.push(...textsOf(batch));
        if (isBroken) throw new Error('not now');
      };
      await reader(topic, { group, batchHandler });
      await until(() => calls.filter(text => text === '0').length > 1);
      const standing = async () => (await bus.places([topic], { group })).map(({ offset }) => Number(offset));
      expect(await standing()).toEqual([0]);
      isBroken = false;
      await until(async () => (await standing())[0] === 3);
      expect(calls.slice(-3)).toEqual(['0', '1', '2']);
    });
  });

  describe('a handler', () => {
    test('that throws gets the message again, before the next one', async () => {
      const topic = await makeTopic(1);
      const calls: string[] = [];
      const handler = async ({ value }: Message) => {
        calls.push(value.toString());
        if (calls.filter(text => text === '1').length < 3 && value.toString() === '1') throw new Error('not now');
      };
      await reader(topic, { handler });
      await bus.publish(topic, numbered(3));
      await until(() => calls.includes('2'));
      expect(calls).toEqual(['0', '1', '1', '1', '2']);
    });

    test('runs alone, and is done before `close` is', async () => {
      const topic = await makeTopic(3);
      let running = 0;
      let most = 0;
      let started = 0;
      const handler = async () => {
        started++;
        most = Math.max(most, ++running);
        await new Promise(resolve => setTimeout(resolve, 20));
        running--;
      };
      const { close } = await reader(topic, { handler });
      await bus.publish(
        topic,
        [0, 1, 2, 0, 1, 2].map(partition => ({ value: 'x', partition })),
      );
      await until(() => started > 1);
      await close();
      const startedAtClose = started;
      expect({ running, most }).toEqual({ running: 0, most: 1 });
      await new Promise(resolve => setTimeout(resolve, 100));
      expect(started).toBe(startedAtClose);
    });
  });
}
