/** Plain statistics of columns, for the dialects. NaN where they are not defined. */
import { orZero } from '../return-statistics.ts';

export function returnsOf(equity: Float64Array): Float64Array {
  return equity.subarray(1).map((value, i) => value / equity[i]! - 1);
}

export function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** With n - 1. */
export function covarianceOf(left: Float64Array, right: Float64Array): number {
  const [leftMean, rightMean] = [meanOf(left), meanOf(right)];
  return left.reduce((sum, value, i) => sum + (value - leftMean) * (right[i]! - rightMean), 0) / (left.length - 1);
}

/** With n - 1; 0 for what is only the rounding of equity. */
export function varianceOf(values: Float64Array): number {
  const variance = covarianceOf(values, values);
  return orZero(Math.sqrt(variance)) === 0 ? 0 : variance;
}

/** Null for what is not defined: 0 / 0, and a division by nothing. */
export function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
