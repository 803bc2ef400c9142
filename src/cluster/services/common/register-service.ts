/** A replica's entry in etcd, by which others find it; it vanishes with the process. */
import { randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import { GoboolError } from '../../../runtime/base/error.ts';
import type { ServiceEndpoint } from '../../contracts/cluster-objects.ts';
import type { Leases } from '../../ports/leases.ts';
import { ETCD_KEYS } from '../../schema/etcd-layout.ts';
import { waitOut } from './engines-away.ts';

const TTL_MS = 5_000;

export interface Registration {
  readonly leases: Leases;
  /** `gateway`, `join`. */
  readonly name: string;
  readonly endpoint: ServiceEndpoint;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

/** Keeps the entry there until the signal aborts: a lost lease is followed by another one. Then removes it. */
export async function keepRegistered({ leases, name, endpoint, log, signal }: Registration): Promise<void> {
  while (!signal.aborted) {
    try {
      await using lease = await waitOut('register', () => leases.grant({ ttlMs: TTL_MS }), { log, signal });
      // Under a new name each time: the entry of a lost lease may stay for a while.
      const key = `${ETCD_KEYS.services}${name}/${randomBytes(6).toString('hex')}`;
      await waitOut('register', () => lease.claim(key, endpoint), { log, signal });
      log.info({ url: endpoint.url }, 'registered');
      await aborted(AbortSignal.any([signal, lease.lost]));
    } catch (error) {
      const isLost = error instanceof GoboolError && error.code === 'GB_LEASE_LOST';
      if (!isLost && !signal.aborted) throw error;
    }
  }
}

const aborted = (signal: AbortSignal) =>
  new Promise<void>(resolve => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
