/** What every adapter of the port `Leases` must do. */
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import type { Leases } from '../../src/cluster/ports/leases.ts';
import { errorOf } from '../helpers/errors.ts';

export interface LeasesUnderTest {
  readonly leases: Leases;
  /** Ends a lease without asking its owner. */
  readonly revoke: (id: string) => Promise<void>;
  /** The text under a key. */
  readonly read: (key: string) => Promise<string | undefined>;
}

const TTL = { ttlMs: 2_000 };

export function leasesContract(open: () => Promise<LeasesUnderTest>): void {
  const newKey = () => `/gobool/tests/${crypto.randomUUID()}`;

  describe('leases', () => {
    test('a key lives as long as its lease', async () => {
      const { leases, read } = await open();
      const key = newKey();
      {
        await using lease = await leases.grant(TTL);
        expect(await lease.claim(key, { host: 'a' })).toBeGreaterThan(0);
        expect(await read(key)).toBe('{"host":"a"}');
      }
      expect(await read(key)).toBeUndefined();
    });

    test('a key is claimed by one, and its next owner has a higher revision', async () => {
      const { leases } = await open();
      const key = newKey();
      const first = await leases.grant(TTL);
      await using second = await leases.grant(TTL);
      const claimed = Number(await first.claim(key, 1));
      expect(await second.claim(key, 2)).toBeUndefined();
      expect(await first.claim(key, 3)).toBeUndefined();
      await first[Symbol.asyncDispose]();
      expect(await second.claim(key, 2)).toBeGreaterThan(claimed);
    });

    test('its owner writes keys as often as it likes, and they end with it', async () => {
      const { leases, read } = await open();
      const key = newKey();
      const lease = await leases.grant(TTL);
      await lease.put(key, 1);
      await lease.put(key, 2);
      expect(await read(key)).toBe('2');
      lease.check();
      await lease[Symbol.asyncDispose]();
      expect(await read(key)).toBeUndefined();
    });

    test('of many that claim one key, one succeeds', async () => {
      const { leases } = await open();
      const key = newKey();
      const all = await Promise.all(Array.from({ length: 6 }, () => leases.grant(TTL)));
      const claims = await Promise.all(all.map(lease => lease.claim(key, lease.id)));
      expect(claims.filter(revision => revision !== undefined)).toHaveLength(1);
      await Promise.all(all.map(lease => lease[Symbol.asyncDispose]()));
    });

    test('it outlives its time while its owner lives', async () => {
      const { leases, read } = await open();
      const key = newKey();
      await using lease = await leases.grant({ ttlMs: 1_000 });
      await lease.claim(key, 1);
      await new Promise(resolve => setTimeout(resolve, 2_500));
      expect(lease.lost.aborted).toBe(false);
      expect(await read(key)).toBe('1');
    });

    test('one that is taken away is lost once, and claims nothing more', async () => {
      const { leases, revoke, read } = await open();
      const key = newKey();
      await using lease = await leases.grant(TTL);
      await lease.claim(key, 1);
      let losses = 0;
      lease.lost.addEventListener('abort', () => losses++);
      const lost = once(lease.lost, 'abort');
      await revoke(lease.id);
      await lost;
      expect(lease.lost.reason).toMatchObject({ code: 'GB_LEASE_LOST' });
      expect(await read(key)).toBeUndefined();
      for (const use of [() => lease.claim(key, 2), () => lease.put(key, 2), () => lease.check()])
        expect((await errorOf(use)).code).toBe('GB_LEASE_LOST');
      expect(losses).toBe(1);
    });

    test('to dispose of it, even twice, is not a loss', async () => {
      const { leases } = await open();
      const lease = await leases.grant(TTL);
      await lease[Symbol.asyncDispose]();
      await lease[Symbol.asyncDispose]();
      expect(lease.lost.aborted).toBe(false);
    });
  });
}
