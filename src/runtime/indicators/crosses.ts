import { refuseInFold, type Series } from './series.ts';

/**
 * Whether `a` crossed above `b` on the current bar: `a(1) <= b(1) && a(0) > b(0)`. False while any is undefined.
 * Series of different feeds are each read on their own bars.
 */
export function crossesAbove(a: Series, b: Series | number): boolean {
  return typeof b === 'number' ? a.at(1) <= b && a.at(0) > b : hasCrossed(a, b);
}

/** Whether `a` crossed below `b` on the current bar: `a(1) >= b(1) && a(0) < b(0)`. False while any is undefined. */
export function crossesBelow(a: Series, b: Series | number): boolean {
  return typeof b === 'number' ? a.at(1) >= b && a.at(0) < b : hasCrossed(b, a);
}

/** As `a.at(1) <= b.at(1) && a.at(0) > b.at(0)`, without checks that the last two bars do not need. */
function hasCrossed(a: Series, b: Series): boolean {
  const i = a.clock.index;
  const j = b.clock.index;
  const { cells: left, mask: leftMask } = a;
  const { cells: right, mask: rightMask } = b;
  if (left[i & leftMask]! > right[j & rightMask]!) {
    return i >= 1 && j >= 1 && left[(i - 1) & leftMask]! <= right[(j - 1) & rightMask]!;
  }
  if (i < 0) refuseInFold(a.clock);
  return false;
}
