/** Moments of two curves' returns between the same samples. Two passes against cancellation; no column is stored. */
import { orZero } from './return-statistics.ts';

export interface RelativeStatistics {
  /** Number of returns of either. */
  readonly n: number;
  /** Mean returns of the strategy and of its benchmark. */
  readonly mean: number;
  readonly benchmarkMean: number;
  /** With n - 1, as the deviations; 0 for fewer than two returns. */
  readonly covariance: number;
  readonly benchmarkDeviation: number;
  /** Standard deviation of the difference of both returns. */
  readonly trackingError: number;
}

export function relativeStatistics(equity: Float64Array, benchmark: Float64Array): RelativeStatistics {
  const n = Math.max(0, equity.length - 1);
  if (n === 0) return { n, mean: 0, benchmarkMean: 0, covariance: 0, benchmarkDeviation: 0, trackingError: 0 };
  let [mean, benchmarkMean] = [0, 0];
  for (let i = 1; i <= n; i++) {
    mean += returnAt(equity, i) / n;
    benchmarkMean += returnAt(benchmark, i) / n;
  }
  let [products, squares, differences] = [0, 0, 0];
  for (let i = 1; i <= n; i++) {
    const own = returnAt(equity, i) - mean;
    const other = returnAt(benchmark, i) - benchmarkMean;
    products += own * other;
    squares += other * other;
    differences += (own - other) * (own - other);
  }
  const degrees = Math.max(1, n - 1);
  return {
    n,
    mean,
    benchmarkMean,
    covariance: products / degrees,
    benchmarkDeviation: orZero(Math.sqrt(squares / degrees)),
    trackingError: orZero(Math.sqrt(differences / degrees)),
  };
}

function returnAt(equity: Float64Array, i: number): number {
  return equity[i]! / equity[i - 1]! - 1;
}
