/** One process at a time makes an engine, the others wait. A lock ends with its process, so none is ever stale. */
import { setTimeout as pause } from 'node:timers/promises';
import { withSqliteErrors } from '../../../runtime/host/store/sqlite-error.ts';
import { tryLock } from '../state/try-lock.ts';

const RETRY_MS = 200;

/** Calls `onWait` once when another holds the lock; the wait ends with the signal's reason. */
export async function withLock<T>(
  file: string,
  { signal, onWait }: { readonly signal: AbortSignal; readonly onWait: () => void },
  work: () => Promise<T>,
): Promise<T> {
  const take = () => withSqliteErrors(file, () => tryLock(file));
  let taken = take();
  if (taken === undefined) onWait();
  while (taken === undefined) {
    await pause(RETRY_MS, undefined, { signal }).catch(() => signal.throwIfAborted());
    taken = take();
  }
  using _lock = taken;
  return await work();
}
