/** A gateway in this process, over in-memory adapters, with replicas of join and command that answer as a test wants. */
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { memoryArtifacts } from '../../../src/cluster/adapters/memory/artifacts.ts';
import { type MemoryBus, memoryBus } from '../../../src/cluster/adapters/memory/bus.ts';
import { MemoryKeys } from '../../../src/cluster/adapters/memory/memory-keys.ts';
import { memoryObjects } from '../../../src/cluster/adapters/memory/memory-objects.ts';
import type { ServiceEndpoint, WorkerOffer } from '../../../src/cluster/contracts/cluster-objects.ts';
import type { Artifacts } from '../../../src/cluster/ports/artifacts.ts';
import type { Message } from '../../../src/cluster/ports/bus.ts';
import type { ObjectStore } from '../../../src/cluster/ports/objects.ts';
import { createKey, type KeyStores, type NewKey } from '../../../src/cluster/services/common/api-keys.ts';
import {
  API_KEYS,
  SECRETS,
  SERVICE_ENDPOINTS,
  WORKER_OFFERS,
} from '../../../src/cluster/services/common/object-kinds.ts';
import { gatewayApp } from '../../../src/cluster/services/gateway/app.ts';
import { auditLog } from '../../../src/cluster/services/gateway/audit.ts';
import type { GatewayParts } from '../../../src/cluster/services/gateway/gateway-parts.ts';
import { KeyRing } from '../../../src/cluster/services/gateway/key-ring.ts';
import { LIMITS } from '../../../src/cluster/services/gateway/limits.ts';
import { Replicas } from '../../../src/cluster/services/gateway/replicas.ts';

export interface SmallGateway {
  readonly url: string;
  readonly stores: KeyStores;
  readonly artifacts: Artifacts;
  readonly bus: MemoryBus;
  /** Lines of the log, oldest first. */
  readonly log: readonly Record<string, unknown>[];
  /** Everything in topic `commands`. */
  readonly commands: readonly Message[];
  /** `Bearer ...` of a new key. */
  readonly key: (options?: Partial<NewKey>) => Promise<string>;
  readonly offers: ObjectStore<WorkerOffer | undefined>;
  /** One more replica of a service; returns what stops it, its entry in the registry staying. */
  readonly join: (answer: RequestListener) => Promise<() => void>;
  readonly command: (answer: RequestListener) => Promise<() => void>;
  readonly stop: () => void;
}

export async function smallGateway(parts: Partial<GatewayParts> = {}): Promise<SmallGateway> {
  const memory = new MemoryKeys();
  const stores: KeyStores = { keys: memoryObjects(memory, API_KEYS), secrets: memoryObjects(memory, SECRETS) };
  const endpoints = memoryObjects(memory, SERVICE_ENDPOINTS);
  const ending = new AbortController();
  const [keys, artifacts, offers] = [new KeyRing(stores), memoryArtifacts(), memoryObjects(memory, WORKER_OFFERS)];
  const [joins, commands] = [new Replicas(endpoints, 'join'), new Replicas(endpoints, 'command')];
  const { bus, commands: sent } = await recordedBus();
  const lines: Record<string, unknown>[] = [];
  const log = pino({ name: 'gateway' }, { write: line => lines.push(JSON.parse(line)) });
  const engines = { keyStores: stores, artifacts, bus, offers };
  const own = {
    ...engines,
    keys,
    joins,
    commands,
    limits: LIMITS,
    checks: {},
    log,
    audit: auditLog(undefined, log),
    signal: ending.signal,
  };
  const app = gatewayApp({ ...own, ...parts });
  const watching = [keys, joins, commands].map(part => part.watch(ending.signal));
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  onTestFinished(async () => {
    ending.abort();
    await Promise.all([...watching, app.close()]);
  });

  return {
    url,
    stores,
    artifacts,
    bus,
    log: lines,
    commands: sent,
    offers,
    stop: () => ending.abort(),
    key: async options => `Bearer ${await createKey(stores, { ...ANY_KEY, ...options })}`,
    join: answer => replica(endpoints, 'join', answer),
    command: answer => replica(endpoints, 'command', answer),
  };
}

async function replica(endpoints: Endpoints, service: string, answer: RequestListener): Promise<() => void> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await endpoints.put(`${service}/${port}`, { url: `http://127.0.0.1:${port}`, pid: process.pid });
  const stop = () => {
    server.close();
    server.closeAllConnections();
  };
  onTestFinished(stop);
  return stop;
}

type Endpoints = ObjectStore<ServiceEndpoint | undefined>;

const ANY_KEY: NewKey = { name: 'test', scopes: ['submit', 'read'], expiresMs: null };

async function recordedBus() {
  const bus = memoryBus();
  const commands: Message[] = [];
  bus.makeTopic('commands', 8);
  await bus.subscribe({
    group: 'test',
    topics: ['commands'],
    from: 'beginning',
    handler: async message => void commands.push(message),
  });
  return { bus, commands };
}
