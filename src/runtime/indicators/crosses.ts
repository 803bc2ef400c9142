import type { Series } from './series.ts';

/**
 * Whether `a` crossed above `b` on the current bar: `a(1) <= b(1) && a(0) > b(0)`. False while any is undefined.
 * Series of different feeds are each read on their own bars.
 */
export function crossesAbove(a: Series, b: Series | number): boolean {
  if (typeof b === 'number') return a.at(1) <= b && a.at(0) > b;
  return a.at(1) <= b.at(1) && a.at(0) > b.at(0);
}

/** Whether `a` crossed below `b` on the current bar: `a(1) >= b(1) && a(0) < b(0)`. False while any is undefined. */
export function crossesBelow(a: Series, b: Series | number): boolean {
  if (typeof b === 'number') return a.at(1) >= b && a.at(0) < b;
  return a.at(1) >= b.at(1) && a.at(0) < b.at(0);
}
