import { refuseInFold, type Series } from './series.ts';

/**
 * Whether `a` crossed above `b` on the current bar: `a(1) <= b(1) && a(0) > b(0)`. False while any is undefined.
 * Series of different feeds are each read on their own bars.
 */
export function crossesAbove(a: Series, b: Series | number): boolean {
  if (typeof b === 'number') return a.at(1) <= b && a.at(0) > b;
  // As a.at(1) <= b.at(1) && a.at(0) > b.at(0), without checks that the last two bars do not need.
  const i = a.clock.index;
  const j = b.clock.index;
  if (i < 0) refuseInFold(a.clock);
  const { cells: left, mask: leftMask } = a;
  const { cells: right, mask: rightMask } = b;
  return (
    left[i & leftMask]! > right[j & rightMask]! &&
    i >= 1 &&
    j >= 1 &&
    left[(i - 1) & leftMask]! <= right[(j - 1) & rightMask]!
  );
}

/** Whether `a` crossed below `b` on the current bar: `a(1) >= b(1) && a(0) < b(0)`. False while any is undefined. */
export function crossesBelow(a: Series, b: Series | number): boolean {
  return typeof b === 'number' ? a.at(1) >= b && a.at(0) < b : crossesAbove(b, a);
}
