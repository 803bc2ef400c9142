/** A gateway in this process, over in-memory adapters, with replicas of join that answer as a test wants. */
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { memoryArtifacts } from '../../../src/cluster/adapters/memory/artifacts.ts';
import { type MemoryBus, memoryBus } from '../../../src/cluster/adapters/memory/bus.ts';
import { MemoryKeys } from '../../../src/cluster/adapters/memory/memory-keys.ts';
import { memoryObjects } from '../../../src/cluster/adapters/memory/memory-objects.ts';
import type { Artifacts } from '../../../src/cluster/ports/artifacts.ts';
import type { Message } from '../../../src/cluster/ports/bus.ts';
import { createKey, type KeyStores, type NewKey } from '../../../src/cluster/services/common/api-keys.ts';
import { API_KEYS, SECRETS, SERVICE_ENDPOINTS } from '../../../src/cluster/services/common/object-kinds.ts';
import { gatewayApp } from '../../../src/cluster/services/gateway/app.ts';
import type { GatewayParts } from '../../../src/cluster/services/gateway/gateway-parts.ts';
import { JoinReplicas } from '../../../src/cluster/services/gateway/join-replicas.ts';
import { KeyRing } from '../../../src/cluster/services/gateway/key-ring.ts';
import { LIMITS } from '../../../src/cluster/services/gateway/limits.ts';

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
  /** One more replica of join; returns what stops it, its entry in the registry staying. */
  readonly join: (answer: RequestListener) => Promise<() => void>;
  readonly stop: () => void;
}

export async function smallGateway(parts: Partial<GatewayParts> = {}): Promise<SmallGateway> {
  const memory = new MemoryKeys();
  const stores: KeyStores = { keys: memoryObjects(memory, API_KEYS), secrets: memoryObjects(memory, SECRETS) };
  const endpoints = memoryObjects(memory, SERVICE_ENDPOINTS);
  const ending = new AbortController();
  const [keys, joins, artifacts] = [new KeyRing(stores), new JoinReplicas(endpoints), memoryArtifacts()];
  const { bus, commands } = await recordedBus();
  const lines: Record<string, unknown>[] = [];
  const log = pino({ name: 'gateway' }, { write: line => lines.push(JSON.parse(line)) });
  const own = { keys, joins, artifacts, bus, limits: LIMITS, checks: {}, log, signal: ending.signal };
  const app = gatewayApp({ ...own, ...parts });
  const watching = [keys.watch(ending.signal), joins.watch(ending.signal)];
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
    commands,
    stop: () => ending.abort(),
    key: async options => `Bearer ${await createKey(stores, { ...ANY_KEY, ...options })}`,
    async join(answer) {
      const server = createServer(answer).listen(0, '127.0.0.1');
      await new Promise(resolve => server.once('listening', resolve));
      const { port } = server.address() as AddressInfo;
      await endpoints.put(`join/${port}`, { url: `http://127.0.0.1:${port}`, pid: process.pid });
      const stop = () => {
        server.close();
        server.closeAllConnections();
      };
      onTestFinished(stop);
      return stop;
    },
  };
}

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
