/**
 * The port `Leases` on etcd. etcd3 has a loop of its own that keeps leases alive, but it believes in a lease for twice
 * its time; here a lease is lost when its time has passed since the last renewal that etcd answered was *sent*, by a
 * clock that never jumps. So it is lost here before it is free there.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { type Etcd3, type Lease as EtcdLease, EtcdLeaseInvalidError } from 'etcd3';
import { GoboolError } from '../../../runtime/base/error.ts';
import type { Lease, Leases } from '../../ports/leases.ts';
import { etcdCall } from './etcd-client.ts';

const RENEWALS_PER_TTL = 3;

export const etcdLeases = (etcd: Etcd3): Leases => ({
  async grant({ ttlMs }) {
    const sentAtMs = performance.now();
    const lease = etcd.lease(Math.ceil(ttlMs / 1_000), { autoKeepAlive: false });
    const id = await etcdCall(lease.grant());
    const loss = new AbortController();
    const done = new AbortController();
    const lose = () => {
      done.abort();
      loss.abort(new GoboolError('GB_LEASE_LOST', `Lease ${id} is lost.`));
    };
    void keepAlive({ lease, ttlMs, sentAtMs, lose, done: done.signal });
    return {
      id,
      lost: loss.signal,
      claim: (key, value) => claim(etcd, id, key, value, lose),
      async [Symbol.asyncDispose]() {
        done.abort();
        // Where etcd is away the lease ends by itself.
        await lease.revoke({ deadline: Date.now() + ttlMs }).catch(() => {});
      },
    } satisfies Lease;
  },
});

interface Keeping {
  readonly lease: EtcdLease;
  readonly ttlMs: number;
  readonly sentAtMs: number;
  readonly lose: () => void;
  readonly done: AbortSignal;
}

async function keepAlive({ lease, ttlMs, sentAtMs, lose, done }: Keeping): Promise<void> {
  let overdue = setTimeout(lose, sentAtMs + ttlMs - performance.now());
  const intervalMs = ttlMs / RENEWALS_PER_TTL;
  done.addEventListener('abort', () => clearTimeout(overdue), { once: true });
  for (;;) {
    await pause(intervalMs, undefined, { signal: done }).catch(() => {});
    if (done.aborted) return;
    const renewedAtMs = performance.now();
    const answer = await lease.keepaliveOnce({ deadline: Date.now() + intervalMs }).catch((error: unknown) => error);
    if (done.aborted) return;
    if (answer instanceof EtcdLeaseInvalidError) return lose();
    // Any other error: try again until the time has passed.
    if (answer instanceof Error) continue;
    clearTimeout(overdue);
    overdue = setTimeout(lose, renewedAtMs + ttlMs - performance.now());
  }
}

async function claim(etcd: Etcd3, id: string, key: string, value: unknown, lose: () => void) {
  try {
    const put = etcd.put(key).value(JSON.stringify(value)).lease(id);
    const { succeeded, header } = await etcdCall(etcd.if(key, 'Create', '==', 0).then(put).commit());
    return succeeded ? Number(header.revision) : undefined;
  } catch (error) {
    if (error instanceof GoboolError && error.code === 'GB_LEASE_LOST') lose();
    throw error;
  }
}
