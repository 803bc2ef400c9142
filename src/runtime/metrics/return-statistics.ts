/**
 * Moments of the returns between consecutive equity samples, `equity[i] / equity[i - 1] - 1`.
 * Two passes, so that the deviation does not suffer from cancellation; no column of returns is stored.
 */
export interface ReturnStatistics {
  /** Number of returns: one less than the samples. */
  readonly n: number;
  readonly mean: number;
  /** Standard deviation with n - 1; 0 for fewer than two returns. */
  readonly deviation: number;
  /** Square root of the mean of `min(0, return) ^ 2` over all n. */
  readonly downside: number;
}

/** Returns carry rounding of about 2e-16 each: a spread below this is rounding, not risk. */
const ROUNDING = 1e-14;

export function returnStatistics(equity: Float64Array): ReturnStatistics {
  const n = Math.max(0, equity.length - 1);
  if (n === 0) return { n, mean: 0, deviation: 0, downside: 0 };
  const mean = sumOfReturns(equity) / n;
  const { squares, downsideSquares } = sumsOfSquares(equity, mean);
  const deviation = n < 2 ? 0 : Math.sqrt(squares / (n - 1));
  const downside = Math.sqrt(downsideSquares / n);
  return { n, mean, deviation: orZero(deviation), downside: orZero(downside) };
}

function sumOfReturns(equity: Float64Array): number {
  let sum = 0;
  for (let i = 1; i < equity.length; i++) sum += equity[i]! / equity[i - 1]! - 1;
  return sum;
}

function sumsOfSquares(equity: Float64Array, mean: number): { squares: number; downsideSquares: number } {
  let squares = 0;
  let downsideSquares = 0;
  for (let i = 1; i < equity.length; i++) {
    const change = equity[i]! / equity[i - 1]! - 1;
    squares += (change - mean) * (change - mean);
    if (change < 0) downsideSquares += change * change;
  }
  return { squares, downsideSquares };
}

/** A spread, or a fall, that is more than rounding, else 0. */
export function orZero(spread: number): number {
  return spread < ROUNDING ? 0 : spread;
}
