/**
 * Digits after the point: of a number alone, and of a whole column, so that the points of its numbers stand below each
 * other.
 */
import { exponentOf } from '../runtime/base/format.ts';
import type { Column } from '../runtime/report/html/page-data.ts';

/** The larger the numbers, the fewer digits they need; whole numbers need none. */
export function columnDigits(values: Column): number {
  if (values.every(value => value === null || Number.isInteger(value))) return 0;
  const largest = values.reduce<number>((most, value) => Math.max(most, Math.abs(value ?? 0)), 0);
  if (largest >= 1000) return 2;
  return largest >= 10 ? 4 : Math.max(6, 5 - exponentOf(largest));
}

/** As many as the number needs: four that count, where it is below 0.1. */
export function numberDigits(value: number): number {
  const size = Math.abs(value);
  if (size >= 0.1) return size >= 10 ? 2 : 4;
  return Math.max(6, 3 - exponentOf(size));
}
