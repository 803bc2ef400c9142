import { expect, test } from 'vitest';
import { memoryBus } from '../../../../src/cluster/adapters/memory/bus.ts';
import { replayLog } from '../../../../src/cluster/services/join/rebuild/replay-log.ts';
import { WRITER_TOPICS } from '../../../../src/cluster/services/join/store/writer.ts';

test('a replay that may not go on ends, whenever it hears of that', async () => {
  const bus = memoryBus();
  for (const topic of WRITER_TOPICS) bus.makeTopic(topic, 1);
  const lost = new AbortController();
  const whileJoining: typeof bus.subscribe = async options => {
    const subscription = await bus.subscribe(options);
    lost.abort(new Error('the lease is lost'));
    return subscription;
  };
  const replaying = replayLog({ ...bus, subscribe: whileJoining }, async () => {}, lost.signal);
  await expect(replaying).rejects.toThrow('the lease is lost');
});
