import { describe, expect, test } from 'vitest';
import { MemoryKeys } from '../../../../../src/cluster/adapters/memory/memory-keys.ts';
import { memoryObjects } from '../../../../../src/cluster/adapters/memory/memory-objects.ts';
import {
  apiSecret,
  createKey,
  type KeyStores,
  listKeys,
  revokeKey,
} from '../../../../../src/cluster/services/common/api-keys.ts';
import { API_KEYS, SECRETS } from '../../../../../src/cluster/services/common/object-kinds.ts';
import { KeyRing, requireScope } from '../../../../../src/cluster/services/gateway/key-ring.ts';
import { errorOf } from '../../../../helpers/errors.ts';

const ALWAYS = { name: 'mine', scopes: ['read'], expiresMs: null } as const;

function storesOf(memory = new MemoryKeys()): KeyStores & { readonly memory: MemoryKeys } {
  return { memory, keys: memoryObjects(memory, API_KEYS), secrets: memoryObjects(memory, SECRETS) };
}

const codeOf = async (ring: KeyRing, authorization?: string) =>
  (await errorOf(() => ring.identify(authorization))).code;

describe('a key', () => {
  test('lets its owner in, with its scopes', async () => {
    const stores = storesOf();
    const key = await createKey(stores, ALWAYS);
    expect(key).toMatch(/^gb_k-[0-9a-f]{12}_[\w-]{32}$/);
    const keyId = key.slice(3, 17);
    expect(await new KeyRing(stores).identify(`Bearer ${key}`)).toEqual({ keyId, scopes: ['read'] });
    expect(await new KeyRing(stores).identify(`bearer ${key}`)).toEqual({ keyId, scopes: ['read'] });
  });

  test('is not kept, only a hash of its secret that needs the secret of the cluster', async () => {
    const stores = storesOf();
    const key = await createKey(stores, ALWAYS);
    expect(JSON.stringify(stores.memory.list(''))).not.toContain(key.slice(18));
    const other = storesOf();
    await other.keys.put(key.slice(3, 17), (await stores.keys.get(key.slice(3, 17)))?.value);
    expect(await codeOf(new KeyRing(other), `Bearer ${key}`)).toBe('GB_KEY_INVALID');
  });

  test('with another secret, another id, or of another shape is refused', async () => {
    const stores = storesOf();
    const [key, other] = [await createKey(stores, ALWAYS), await createKey(stores, ALWAYS)];
    const ring = new KeyRing(stores);
    const wrong = [
      `${key.slice(0, 17)}${other.slice(17)}`,
      key.slice(0, -1),
      `${key}a`,
      '',
      'gb__',
      `gb_k-${'0'.repeat(12)}${key.slice(17)}`,
    ];
    for (const text of wrong) expect(await codeOf(ring, `Bearer ${text}`)).toBe('GB_KEY_INVALID');
    for (const header of [undefined, key, `Basic ${key}`]) expect(await codeOf(ring, header)).toBe('GB_KEY_INVALID');
  });

  test('ends when it expires', async () => {
    const stores = storesOf();
    const ring = new KeyRing(stores);
    const late = await createKey(stores, { ...ALWAYS, expiresMs: Date.now() - 1 });
    const early = await createKey(stores, { ...ALWAYS, expiresMs: Date.now() + 60_000 });
    expect(await codeOf(ring, `Bearer ${late}`)).toBe('GB_KEY_INVALID');
    expect((await ring.identify(`Bearer ${early}`)).scopes).toEqual(['read']);
  });

  test('is listed without what its secret hashes to, until it is revoked', async () => {
    const stores = storesOf();
    const keyId = (await createKey(stores, ALWAYS)).slice(3, 17);
    expect(await listKeys(stores)).toEqual([{ keyId, ...ALWAYS, createdMs: expect.any(Number) }]);
    expect(await revokeKey(stores, keyId)).toBe(true);
    expect(await revokeKey(stores, keyId)).toBe(false);
    expect(await listKeys(stores)).toEqual([]);
  });
});

describe('a ring of keys', () => {
  test('that watches sees a key come and go', async () => {
    const stores = storesOf();
    const ring = new KeyRing(stores);
    const end = new AbortController();
    const watching = ring.watch(end.signal);
    const key = await createKey(stores, ALWAYS);
    expect((await ring.identify(`Bearer ${key}`)).scopes).toEqual(['read']);
    await revokeKey(stores, key.slice(3, 17));
    await expect.poll(() => ring.identify(`Bearer ${key}`).catch(error => error.code)).toBe('GB_KEY_INVALID');
    end.abort();
    await watching;
  });

  test('reads an entry of an unknown shape as no key, and goes on', async () => {
    const stores = storesOf();
    const ring = new KeyRing(stores);
    const end = new AbortController();
    const watching = ring.watch(end.signal);
    const key = await createKey(stores, ALWAYS);
    stores.memory.put('/gobool/keys/k-000000000000', '{"version":9}');
    expect(await codeOf(ring, `Bearer gb_k-000000000000_${'a'.repeat(32)}`)).toBe('GB_KEY_INVALID');
    expect((await ring.identify(`Bearer ${key}`)).scopes).toEqual(['read']);
    end.abort();
    await watching;
  });
});

test('of many that ask first for the secret of the cluster, all get the same', async () => {
  const { secrets } = storesOf();
  const asked = await Promise.all(Array.from({ length: 8 }, () => apiSecret(secrets)));
  expect(new Set(asked).size).toBe(1);
  expect(asked[0]).toMatch(/^[\w-]{43}$/);
});

test('a scope is needed, or admin', async () => {
  const caller = (...scopes: ('submit' | 'read' | 'admin')[]) => ({ keyId: 'k-0', scopes });
  requireScope(caller('submit', 'read'), 'read');
  requireScope(caller('admin'), 'submit');
  expect((await errorOf(() => requireScope(caller('read'), 'submit'))).code).toBe('GB_KEY_SCOPE');
});
