/** Reads all that is in the log when it is called, once more, whoever else has read it. */
import { randomBytes } from 'node:crypto';
import type { Bus, Message } from '../../../ports/bus.ts';
import { orAborted } from '../../common/or-aborted.ts';
import { WriterProgress } from '../live/writer-progress.ts';
import { WRITER_TOPICS } from '../store/writer.ts';

/** Resolves to the number of messages, each of which `take` got at least once. Throws where the bus ends it. */
export async function replayLog(
  bus: Bus,
  take: (messages: readonly Message[]) => Promise<void>,
  signal: AbortSignal,
): Promise<number> {
  const group = `join-rebuild-${randomBytes(6).toString('hex')}`;
  let messages = 0;
  const batchHandler = async (batch: readonly Message[]): Promise<void> => {
    await take(batch);
    messages += batch.length;
  };
  const subscription = await bus.subscribe({ group, topics: WRITER_TOPICS, from: 'beginning', batchHandler });
  try {
    const caughtUp = new WriterProgress(bus, signal, group).caughtUp();
    await orAborted(Promise.race([caughtUp, subscription.ended]), signal);
  } finally {
    await subscription.close();
  }
  return messages;
}
