import { expect, test } from 'vitest';
import { ResultHasher } from '../../../../src/runtime/host/result-hash.ts';

const FINAL = {
  state: 'completed',
  finalCash: 1,
  finalEquity: 2,
  positions: [{ product: 'stock.SPY.usa', quantity: 1, averagePrice: 2, lastPrice: 3 }],
  daily: { times: Float64Array.of(1, 2), values: Float64Array.of(3, 4) },
} as const;

function hashOf(orders: number[], fills: number[], final: Parameters<ResultHasher['finish']>[0] = FINAL): string {
  const hasher = new ResultHasher();
  hasher.update({ orders: Float64Array.from(orders), fills: Float64Array.from(fills) });
  return hasher.finish(final);
}

test('fixed vectors, made with the independent script in the comment below', () => {
  /*
    import hashlib, struct
    d = lambda *v: struct.pack('<%dd' % len(v), *v)
    t = lambda s: struct.pack('<I', len(s)) + s
    h = lambda b: hashlib.sha256(b).digest()
    def result(orders, fills):
      tail = t(b'completed') + d(1, 2) + t(b'stock.SPY.usa') + d(1, 2, 3)
      return h(h(orders) + h(fills) + h(d(1, 2, 3, 4)) + tail).hex()
    print(result(b'', b''), result(d(1.5, 0), struct.pack('<QdQ', 0x7ff8000000000000, -2.25, 0x7ff8000000000000)))
  */
  expect(hashOf([], [])).toBe('2b3cd1e82a51f3ec4067463d7489c462b1695e5d0e9ac2ddb922b4618ceef767');
  expect(hashOf([1.5, 0], [Number.NaN, -2.25, Number.NaN])).toBe(
    'ed4ec3020795b161d8bc079e42d3499a6583f7c85a32226b19cf5d7876e6265b',
  );
});

test('negative zero is zero, and every NaN is the same', () => {
  const oddNan = new Float64Array(Uint32Array.of(1, 0xfff80000, 0, 0).buffer);
  const hasher = new ResultHasher();
  hasher.update({ orders: oddNan, fills: Float64Array.of(-0) });
  expect(hasher.finish(FINAL)).toBe(hashOf([Number.NaN, 0], [0]));
  expect([...new Uint32Array(oddNan.buffer)]).toEqual([1, 0xfff80000, 0, 0]);
});

test('everything that a run decided counts', () => {
  const changed = [
    hashOf([], []),
    hashOf([1], []),
    hashOf([], [1]),
    hashOf([], [], { ...FINAL, state: 'wiped-out' }),
    hashOf([], [], { ...FINAL, finalCash: 1 + Number.EPSILON }),
    hashOf([], [], { ...FINAL, finalEquity: 3 }),
    hashOf([], [], { ...FINAL, positions: [] }),
    hashOf([], [], { ...FINAL, daily: { times: Float64Array.of(1, 2), values: Float64Array.of(3, 5) } }),
  ];
  expect(new Set(changed).size).toBe(changed.length);
});
