/** Follows a cluster until nothing more is to be waited for, and shows that on the way. */
import { once } from 'node:events';
import type { ClusterStatus } from '../../../cluster/dev/cluster-status.ts';
import type { CommandContext } from '../../context.ts';
import { type ClusterWatch, openWatch } from './watch.ts';

/** The last status; undefined where Ctrl-C came before the first one. */
export async function watchUntilSettled(
  statuses: AsyncIterable<ClusterStatus>,
  { out, signal }: CommandContext,
  isPlain: boolean,
): Promise<ClusterStatus | undefined> {
  let watch: ClusterWatch | undefined;
  let last: ClusterStatus | undefined;
  try {
    for await (const status of untilAborted(statuses, signal)) {
      last = status;
      watch?.update(status);
      if (status.state !== 'healthy') watch ??= await openWatch(status, out, isPlain);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    watch?.close();
  }
  return last;
}

/** Ctrl-C answers at once, whatever the items wait for. */
async function* untilAborted<T>(items: AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T> {
  if (signal.aborted) return;
  const aborted = once(signal, 'abort');
  const iterator = items[Symbol.asyncIterator]();
  while (true) {
    const next = await Promise.race([iterator.next(), aborted]);
    if (!('done' in next) || next.done) return;
    yield next.value;
  }
}
