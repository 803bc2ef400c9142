/** Callbacks on real PostgreSQL, Kafka and etcd: those that nobody answers keep nobody else waiting. */
import { expect, test, vi } from 'vitest';
import type { Delivery } from '../../src/cluster/services/command/delivery/delivery.ts';
import { claimDeliveries, saveDeliveries } from '../../src/cluster/services/command/store/deliveries.ts';
import { open, openWithService } from '../helpers/command/open-command.ts';
import { openReceiver } from '../helpers/receiver.ts';

const SILENT = () => undefined;
/** Less than the time in which an address has to answer. */
const SOON = { timeout: 3_000, interval: 20 };
const WAIT = { timeout: 15_000, interval: 20 };

const openReceivers = (count: number) => Promise.all(Array.from({ length: count }, () => openReceiver(SILENT)));

test('a callback is heard at once, however many addresses are silent', async () => {
  const { client } = await openWithService();
  const [silent, alive] = [await openReceivers(20), await openReceiver()];
  const end = async (callback: string) => client.cancel(await client.submit({ callback }));
  for (const { url } of silent) await end(url);
  await vi.waitUntil(() => silent.every(({ told }) => told.length === 1), SOON);
  await end(alive.url);
  await vi.waitUntil(() => alive.told.length === 1, SOON);
});

test('an address that is silent is told few things at once', async () => {
  const { client } = await openWithService();
  const [silent, alive] = [await openReceiver(SILENT), await openReceiver()];
  const end = async (callback: string) => client.cancel(await client.submit({ callback }));
  for (let n = 0; n < 10; n++) await end(silent.url);
  await vi.waitUntil(() => silent.told.length === 4, WAIT);
  for (let n = 0; n < 30; n++) await end(alive.url);
  await vi.waitUntil(() => alive.told.length === 30, SOON);
  expect(silent.told).toHaveLength(4);
});

test('of those that are due each key and each of its targets gets its part, once', async () => {
  const { world } = await open();
  const one = (n: number, keyId: string, url: string, retries = 0): Delivery => ({
    deliveryId: `d-${n}`,
    kind: 'callback',
    url,
    headers: {},
    body: '{}',
    runId: null,
    keyId,
    correlationId: null,
    attempts: 0,
    retries,
    nextMs: n,
  });
  await saveDeliveries(world.sql, [
    one(1, 'k-1', 'http://me:secret@A.test/1', 1),
    one(2, 'k-1', 'http://a.test/2'),
    one(3, 'k-1', 'http://a.test?3'),
    one(4, 'k-1', 'http://b.test'),
    one(5, 'k-1', 'http://c.test'),
    one(6, 'k-2', 'http://a.test'),
    one(7, 'k-2', 'http://d.test'),
    one(99, 'k-2', 'http://e.test'),
    // The clock was set back since this was written.
    one(30_001, 'k-3', 'http://f.test'),
  ]);
  const claim = async (going: Parameters<typeof claimDeliveries>[1]) => {
    const limits = { atOnce: 7, ofOwner: 3, toTarget: 2 };
    return (await claimDeliveries(world.sql, going, limits, { nowMs: 50, neverMs: 30_000 })).toSorted((a, b) =>
      a.deliveryId.localeCompare(b.deliveryId),
    );
  };
  const first = await claim([]);
  expect(first.map(({ deliveryId }) => deliveryId)).toEqual(['d-2', 'd-30001', 'd-4', 'd-5', 'd-6', 'd-7']);
  expect(first[0]).toMatchObject({ target: 'a.test', owner: 'k-1', attempts: 1, nextMs: 15_050 });
  expect(await claim(first)).toEqual([]);
  expect(await claim(first.slice(1))).toMatchObject([{ deliveryId: 'd-3' }]);
});
