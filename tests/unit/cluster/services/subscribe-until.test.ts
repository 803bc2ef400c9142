import { expect, test } from 'vitest';
import type { SubscribeOptions, Subscription } from '../../../../src/cluster/ports/bus.ts';
import { subscribeUntil } from '../../../../src/cluster/services/common/subscribe-until.ts';

const options: SubscribeOptions = { group: 'g', topics: ['t'], from: 'beginning', handler: async () => {} };

function joining() {
  const { promise, resolve, reject } = Promise.withResolvers<Subscription>();
  let closed = 0;
  const close = async () => void closed++;
  const subscription = { positioned: Promise.resolve(), ended: Promise.resolve(), close };
  return {
    bus: { subscribe: () => promise },
    joined: () => resolve(subscription),
    fail: reject,
    subscription,
    closed: () => closed,
  };
}

test('who has joined is subscribed', async () => {
  const { bus, joined, subscription, closed } = joining();
  joined();
  expect(await subscribeUntil(bus, options, new AbortController().signal)).toBe(subscription);
  expect(closed()).toBe(0);
});

test('who is to end while it joins does not wait, and is no member afterwards', async () => {
  const { bus, joined, closed } = joining();
  const end = new AbortController();
  const subscribing = subscribeUntil(bus, options, end.signal);
  end.abort(new Error('the end'));
  await expect(subscribing).rejects.toThrow('the end');
  joined();
  await expect.poll(closed).toBe(1);
});

test('what the bus throws is thrown', async () => {
  const { bus, fail } = joining();
  fail(new Error('no such topic'));
  await expect(subscribeUntil(bus, options, new AbortController().signal)).rejects.toThrow('no such topic');
});
