/**
 * The port `Leases` in memory. Its owner and its store live and die together, so a lease is only lost where it is
 * revoked.
 */
import { GoboolError } from '../../../runtime/base/error.ts';
import type { Lease, Leases } from '../../ports/leases.ts';
import type { MemoryKeys } from './memory-keys.ts';

export interface MemoryLeases extends Leases {
  /** Takes a lease from its owner, as etcd does when the time is up. */
  revoke(id: string): void;
}

export function memoryLeases(keys: MemoryKeys): MemoryLeases {
  const held = new Map<string, AbortController>();
  return {
    async grant() {
      const id = crypto.randomUUID();
      const loss = new AbortController();
      held.set(id, loss);
      return {
        id,
        lost: loss.signal,
        async claim(key, value) {
          loss.signal.throwIfAborted();
          return keys.get(key) ? undefined : keys.put(key, JSON.stringify(value), id);
        },
        async put(key, value) {
          loss.signal.throwIfAborted();
          keys.put(key, JSON.stringify(value), id);
        },
        check: () => loss.signal.throwIfAborted(),
        async [Symbol.asyncDispose]() {
          held.delete(id);
          keys.deleteLease(id);
        },
      } satisfies Lease;
    },

    revoke(id) {
      keys.deleteLease(id);
      held.get(id)?.abort(new GoboolError('GB_LEASE_LOST', `Lease ${id} is lost.`));
      held.delete(id);
    },
  };
}
