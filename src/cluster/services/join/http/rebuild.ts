/** `POST /rebuild`: writes the views again, and proves them. One at a time in the whole cluster; others wait. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Leases } from '../../../ports/leases.ts';
import { ETCD_KEYS } from '../../../schema/etcd-layout.ts';
import type { Routes } from '../../common/serve-routes.ts';
import { type RebuildPorts, rebuild } from '../rebuild/rebuild.ts';

const LOCK = `${ETCD_KEYS.locks}join-rebuild`;
const LOCK_TTL_MS = 5_000;
const ASK_AGAIN_MS = 500;

export const rebuildRoutes =
  (ports: RebuildPorts & { readonly leases: Leases }, signal: AbortSignal): Routes =>
  app =>
    app.post('/rebuild', async () => {
      await using lease = await ports.leases.grant({ ttlMs: LOCK_TTL_MS });
      const ended = AbortSignal.any([signal, lease.lost]);
      while ((await lease.claim(LOCK, process.pid)) === undefined)
        await pause(ASK_AGAIN_MS, undefined, { signal: ended });
      return await rebuild(ports, ended);
    });
