import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstWhere } from '../../../src/runtime/base/first-where.ts';

describe('firstWhere', () => {
  it.each([
    { from: 0, to: 10, turn: 4, first: 4 },
    { from: 0, to: 10, turn: -3, first: 0 },
    { from: 5, to: 10, turn: 4, first: 5 },
    { from: 0, to: 10, turn: 99, first: 10 },
    { from: 3, to: 3, turn: 0, first: 3 },
  ])('from $from to $to, where it holds from $turn on: $first', ({ from, to, turn, first }) => {
    expect(firstWhere(from, to, at => at >= turn)).toBe(first);
  });

  it('finds what looking at one after the other finds', () => {
    const bounds = fc.tuple(fc.integer({ min: -50, max: 50 }), fc.nat(60), fc.integer({ min: -60, max: 120 }));
    fc.assert(
      fc.property(bounds, ([from, length, turn]) => {
        const places = Array.from({ length: length + 1 }, (_, k) => from + k);
        const expected = places.find(at => at === from + length || at >= turn);
        expect(firstWhere(from, from + length, at => at >= turn)).toBe(expected);
      }),
    );
  });
});
