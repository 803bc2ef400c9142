/** What every adapter of the port `Bus` must do for readers of one partition. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Bus, Message } from '../../src/cluster/ports/bus.ts';
import { errorOf } from '../helpers/errors.ts';
import type { BusUnderTest } from './bus.ts';

export function busPartitionContract(open: () => Promise<BusUnderTest>): void {
  let bus: Bus;
  let makeTopic: BusUnderTest['makeTopic'];
  beforeAll(async () => {
    ({ bus, makeTopic } = await open());
  });
  afterAll(() => bus.close());

  async function readerOf(topic: string, partition: number) {
    const texts: string[] = [];
    const handler = ({ value }: Message) => void texts.push(value.toString());
    const subscription = await bus.subscribePartition({ topic, partition, reader: `r-${randomUUID()}`, handler });
    return { texts, ...subscription, close: subscription.close };
  }
  const has = (texts: readonly string[], count: number) =>
    vi.waitUntil(() => texts.length >= count, { timeout: 30_000, interval: 10 });

  describe('a reader of one partition', () => {
    test('gets what comes after the call, in order, and nothing of other partitions', async () => {
      const topic = await makeTopic(3);
      await bus.publish(topic, [{ value: 'old', partition: 1 }]);
      const { texts } = await readerOf(topic, 1);
      for (let i = 0; i < 20; i++)
        await bus.publish(topic, [
          { value: `other ${i}`, partition: 2 },
          { value: String(i), partition: 1 },
        ]);
      await has(texts, 20);
      expect(texts).toEqual(Array.from({ length: 20 }, (_, i) => String(i)));
    });

    test('is not disturbed by others that come and go, nor they by it', async () => {
      const topic = await makeTopic(2);
      const first = await readerOf(topic, 0);
      await first.positioned;
      const [second, other] = [await readerOf(topic, 0), await readerOf(topic, 1)];
      for (const partition of [0, 1]) await bus.publish(topic, [{ value: `to ${partition}`, partition }]);
      await Promise.all([first, second, other].map(({ texts }) => has(texts, 1)));
      await second.close();
      await bus.publish(topic, [{ value: 'again', partition: 0 }]);
      await has(first.texts, 2);
      expect(first.texts).toEqual(['to 0', 'again']);
      expect(second.texts).toEqual(['to 0']);
      expect(other.texts).toEqual(['to 1']);
    });

    test('leaves no place behind: the next one of its name starts at the end', async () => {
      const topic = await makeTopic(1);
      const reader = `r-${randomUUID()}`;
      const texts: string[] = [];
      const handler = ({ value }: Message) => void texts.push(value.toString());
      const first = await bus.subscribePartition({ topic, partition: 0, reader, handler });
      await first.positioned;
      await first.close();
      await first.ended;
      await bus.publish(topic, [{ value: 'missed' }]);
      await bus.subscribePartition({ topic, partition: 0, reader, handler });
      await bus.publish(topic, [{ value: 'seen' }]);
      await has(texts, 1);
      expect(texts).toEqual(['seen']);
    });

    test('a topic or partition that does not exist is refused', async () => {
      const topic = await makeTopic(2);
      expect((await errorOf(() => readerOf(topic, 2))).code).toBe('GB_BUS_REFUSED');
      expect((await errorOf(() => readerOf(`missing-${randomUUID()}`, 0))).code).toBe('GB_BUS_REFUSED');
    });
  });
}
