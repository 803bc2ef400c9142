import { once } from 'node:events';
import { expect, test } from 'vitest';
import { startSpareWorker, takeWorker } from '../../../../src/runtime/host/executors/spare-worker.ts';

test('the spare thread goes to the first who wants its limits', async () => {
  startSpareWorker({ barTimeoutMs: 1000, memoryMb: 64 });
  startSpareWorker({ barTimeoutMs: 1000, memoryMb: 32 });
  const [first, second] = [takeWorker(64, 'run'), takeWorker(64, 'run')];
  expect(first).not.toBe(second);
  expect(first.resourceLimits).toMatchObject({ maxOldGenerationSizeMb: 128 });
  await Promise.all([first.terminate(), second.terminate()]);
});

test('a spare thread with other limits ends', async () => {
  startSpareWorker({ barTimeoutMs: 1000, memoryMb: 64 });
  const wanted = takeWorker(32, 'run');
  await once(wanted, 'online');
  expect(wanted.resourceLimits).toMatchObject({ maxOldGenerationSizeMb: 64 });
  await wanted.terminate();
});
