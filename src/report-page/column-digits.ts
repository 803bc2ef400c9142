/** Digits after the point that suit a whole column, so that the points of its numbers stand below each other. */
import type { Column } from '../runtime/report/html/page-data.ts';

/** The larger the numbers, the fewer digits they need; whole numbers need none. */
export function columnDigits(values: Column): number {
  if (values.every(value => value === null || Number.isInteger(value))) return 0;
  const largest = values.reduce<number>((most, value) => Math.max(most, Math.abs(value ?? 0)), 0);
  if (largest >= 1000) return 2;
  return largest >= 10 ? 4 : 6;
}
