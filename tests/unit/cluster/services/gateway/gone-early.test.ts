/** Clients who go away before their key was found. */
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { MemoryKeys } from '../../../../../src/cluster/adapters/memory/memory-keys.ts';
import { memoryObjects } from '../../../../../src/cluster/adapters/memory/memory-objects.ts';
import { createKey } from '../../../../../src/cluster/services/common/api-keys.ts';
import { API_KEYS, SECRETS } from '../../../../../src/cluster/services/common/object-kinds.ts';
import { KeyRing } from '../../../../../src/cluster/services/gateway/key-ring.ts';
import { LIMITS } from '../../../../../src/cluster/services/gateway/limits.ts';
import { askAs } from '../../../../helpers/gateway/ask.ts';
import { smallGateway } from '../../../../helpers/gateway/small-gateway.ts';

test('they hold nothing afterwards', async () => {
  const memory = new MemoryKeys();
  const stored = memoryObjects(memory, API_KEYS);
  let delayMs = 200;
  const keyStores = {
    keys: {
      ...stored,
      async get(keyId: string) {
        await pause(delayMs);
        return await stored.get(keyId);
      },
    },
    secrets: memoryObjects(memory, SECRETS),
  };
  // Its watch is not begun: each key is looked for in the store.
  const keys = new KeyRing(keyStores);
  const gateway = await smallGateway({ keys, limits: { ...LIMITS, requests: 1, streams: 1 } });
  const authorization = `Bearer ${await createKey(keyStores, { name: 'a', scopes: ['read'], expiresMs: null })}`;
  for (const path of ['/v1/workers', '/v1/stream']) {
    const gone = fetch(gateway.url + path, { headers: { authorization }, signal: AbortSignal.timeout(50) });
    await expect(gone).rejects.toThrow();
  }
  await pause(400);
  delayMs = 0;
  expect((await askAs(gateway, authorization, 'GET', '/v1/workers')).status).toBe(200);
  expect((await askAs(gateway, authorization, 'GET', '/v1/stream')).body.code).toBe('GB_SERVICE_AWAY');
});
