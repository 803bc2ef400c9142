import { expect, test } from 'vitest';
import { nextRandom, nextUint32, prngFromSeed } from '../../../src/runtime/base/prng.ts';

test('xoshiro128** gives the numbers of the reference implementation in C', () => {
  const state = Int32Array.of(0x964d4a0c, 0xd40ab895, 0xad7fdecb, 0x3006f0f0);
  expect([nextUint32(state), nextUint32(state), nextUint32(state), nextUint32(state)]).toEqual([
    0xf1391922, 0x6fe53806, 0xa5be2840, 0xf510ee70,
  ]);
  const small = Int32Array.of(1, 2, 3, 4);
  expect([nextUint32(small), nextUint32(small), nextUint32(small)]).toEqual([11520, 0, 5927040]);
});

test('random numbers are in [0, 1), spread evenly, and the same for the same seed', () => {
  const state = prngFromSeed(7);
  const values = Array.from({ length: 10_000 }, () => nextRandom(state));
  expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...values)).toBeLessThan(1);
  expect(values.reduce((sum, value) => sum + value) / values.length).toBeCloseTo(0.5, 1);
  const again = prngFromSeed(7);
  expect(values.slice(0, 3)).toEqual([nextRandom(again), nextRandom(again), nextRandom(again)]);
});

test('neighbouring seeds, and zero, give different numbers', () => {
  const firsts = [0, 1, 2, 3].map(seed => nextRandom(prngFromSeed(seed)));
  expect(new Set(firsts).size).toBe(4);
  expect(firsts[0]).toBe(0.41675133265905573);
});
