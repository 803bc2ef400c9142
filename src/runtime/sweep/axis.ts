import type { SweepAxis } from './sweep-result.ts';

/** Numbers have an order and a distance; switches and choices are only equal or not. */
export function isNumeric({ values }: SweepAxis): boolean {
  return typeof values[0] === 'number';
}
