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
    const time = { endsAtMs: sentAtMs + ttlMs };
    void keepAlive({ lease, ttlMs, time, lose, done: done.signal });
    const owned: Owned = { etcd, id, lose };
    return {
      id,
      lost: loss.signal,
      claim: (key, value) => claim(owned, key, value),
      put: (key, value) => put(owned, key, value),
      check() {
        if (!done.signal.aborted && performance.now() >= time.endsAtMs) lose();
        loss.signal.throwIfAborted();
      },
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
  /** When it is over, unless it is renewed. */
  readonly time: { endsAtMs: number };
  readonly lose: () => void;
  readonly done: AbortSignal;
}

async function keepAlive({ lease, ttlMs, time, lose, done }: Keeping): Promise<void> {
  const loseInTime = () => setTimeout(lose, time.endsAtMs - performance.now());
  let overdue = loseInTime();
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
    time.endsAtMs = renewedAtMs + ttlMs;
    overdue = loseInTime();
  }
}

interface Owned {
  readonly etcd: Etcd3;
  readonly id: string;
  readonly lose: () => void;
}

async function claim({ etcd, id, lose }: Owned, key: string, value: unknown): Promise<number | undefined> {
  const write = etcd.put(key).value(JSON.stringify(value)).lease(id);
  const { succeeded, header } = await held(etcd.if(key, 'Create', '==', 0).then(write).commit(), lose);
  return succeeded ? Number(header.revision) : undefined;
}

async function put({ etcd, id, lose }: Owned, key: string, value: unknown): Promise<void> {
  await held(etcd.put(key).value(JSON.stringify(value)).lease(id).exec(), lose);
}

/** Awaits a call that etcd refuses where the lease is gone. */
async function held<T>(call: PromiseLike<T>, lose: () => void): Promise<T> {
  try {
    return await etcdCall(call);
  } catch (error) {
    if (error instanceof GoboolError && error.code === 'GB_LEASE_LOST') lose();
    throw error;
  }
}
