import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { KeyLimits } from '../../../../../src/cluster/services/gateway/limits.ts';
import { TokenBucket } from '../../../../../src/cluster/services/gateway/token-bucket.ts';
import { errorOf } from '../../../../helpers/errors.ts';

describe('a token bucket', () => {
  test('gives what it holds, then as much as time brings', () => {
    const bucket = new TokenBucket(3, 10, 0);
    const taken = [0, 0, 0, 0, 99, 100, 101].map(nowMs => bucket.take(nowMs));
    expect(taken).toEqual([true, true, true, false, false, true, false]);
  });

  test('never lets more pass than it holds and time brings', () => {
    const pauses = fc.array(fc.integer({ min: 0, max: 500 }), { maxLength: 200 });
    fc.assert(
      fc.property(pauses, fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 100 }), (all, size, perSecond) => {
        const bucket = new TokenBucket(size, perSecond, 0);
        let nowMs = 0;
        let passed = 0;
        for (const pauseMs of all) {
          nowMs += pauseMs;
          if (bucket.take(nowMs)) passed++;
          expect(passed).toBeLessThanOrEqual(size + (nowMs / 1_000) * perSecond + 1e-6);
        }
      }),
    );
  });
});

describe('limits of a key', () => {
  const limits = () =>
    new KeyLimits({
      requestsPerSecond: 1,
      burst: 2,
      requests: 100,
      streams: 2,
      uploads: 1,
      downloads: 1,
      pendingTasks: 100,
    });

  test('requests are limited, one key apart from another', async () => {
    const keys = limits();
    keys.request('a', 0);
    keys.request('a', 0);
    expect((await errorOf(() => keys.request('a', 999))).code).toBe('GB_RATE_LIMIT');
    keys.request('b', 999);
    keys.request('a', 1_000);
  });

  test('what is open is limited, until it is closed', async () => {
    const keys = limits();
    const close = keys.open('a', 'streams', 0);
    keys.open('a', 'streams', 0);
    keys.open('a', 'uploads', 0);
    expect(await errorOf(() => keys.open('a', 'streams', 0))).toMatchObject({
      code: 'GB_RATE_LIMIT',
      message: 'Key a has 2 open streams.',
    });
    close();
    keys.open('a', 'streams', 0);
  });

  test('a key that rested is forgotten, but not what it has open', async () => {
    const keys = limits();
    keys.open('a', 'uploads', 0);
    keys.request('b', 100_000);
    expect((await errorOf(() => keys.open('a', 'uploads', 100_000))).code).toBe('GB_RATE_LIMIT');
  });
});
