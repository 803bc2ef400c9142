/**
 * A gateway alone in its process, over adapters in memory, with the join that its argument names. It tells its parent
 * where it is, and for every message what it has taken so far.
 */
import { pino } from 'pino';
import { memoryArtifacts } from '../src/cluster/adapters/memory/artifacts.ts';
import { memoryBus } from '../src/cluster/adapters/memory/bus.ts';
import { MemoryKeys } from '../src/cluster/adapters/memory/memory-keys.ts';
import { memoryObjects } from '../src/cluster/adapters/memory/memory-objects.ts';
import { createKey } from '../src/cluster/services/common/api-keys.ts';
import { API_KEYS, SECRETS, SERVICE_ENDPOINTS, WORKER_OFFERS } from '../src/cluster/services/common/object-kinds.ts';
import { gatewayApp } from '../src/cluster/services/gateway/app.ts';
import { KeyRing } from '../src/cluster/services/gateway/key-ring.ts';
import { LIMITS } from '../src/cluster/services/gateway/limits.ts';
import { Replicas } from '../src/cluster/services/gateway/replicas.ts';

export interface GatewayStarted {
  readonly url: string;
  readonly authorization: string;
}

export interface GatewayTaken {
  readonly memoryMb: number;
  readonly cpuMs: number;
}

const memory = new MemoryKeys();
const { signal } = new AbortController();
const keyStores = { keys: memoryObjects(memory, API_KEYS), secrets: memoryObjects(memory, SECRETS) };
const endpoints = memoryObjects(memory, SERVICE_ENDPOINTS);
const keys = new KeyRing(keyStores);
const [joins, commands] = [new Replicas(endpoints, 'join'), new Replicas(endpoints, 'command')];
const log = pino({ level: 'silent' });
for (const part of [keys, joins, commands]) void part.watch(signal);
await endpoints.put('join/1', { url: process.argv[2] ?? '', pid: process.pid });

const app = gatewayApp({
  ...{ keys, keyStores, joins, commands, artifacts: memoryArtifacts(), bus: memoryBus() },
  ...{ offers: memoryObjects(memory, WORKER_OFFERS), limits: LIMITS, checks: {}, log, audit: log, signal },
});
const url = await app.listen({ host: '127.0.0.1', port: 0 });
const key = await createKey(keyStores, { name: 'bench', scopes: ['admin'], expiresMs: null });
process.send?.({ url, authorization: `Bearer ${key}` } satisfies GatewayStarted);

process.on('message', () => {
  const { user, system } = process.cpuUsage();
  const memoryMb = process.memoryUsage.rss() / 1e6;
  process.send?.({ memoryMb, cpuMs: (user + system) / 1_000 } satisfies GatewayTaken);
});
process.on('disconnect', () => process.exit());
