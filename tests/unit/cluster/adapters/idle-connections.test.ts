import RequestQueue from 'kafkajs/src/network/requestQueue/index.js';
import { expect, onTestFinished, test, vi } from 'vitest';
import { keepIdleConnectionsQuiet } from '../../../../src/cluster/adapters/kafka/idle-connections.ts';

/** As kafkajs leaves it once a connection has answered its first request. */
const queue = (pending: readonly unknown[], throttledUntil: number) =>
  Object.assign(Object.create(RequestQueue.prototype), { pending, throttledUntil, throttleCheckTimeoutId: null });

test('a connection sets a timer only while a request waits or the broker asked for a pause', () => {
  keepIdleConnectionsQuiet();
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  queue([], -1).scheduleCheckPendingRequests();
  expect(vi.getTimerCount()).toBe(0);
  queue(['a request'], -1).scheduleCheckPendingRequests();
  expect(vi.getTimerCount()).toBe(1);
  queue([], Date.now() + 1000).scheduleCheckPendingRequests();
  expect(vi.getTimerCount()).toBe(2);
});
