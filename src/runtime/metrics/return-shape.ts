import type { ReturnStatistics } from './return-statistics.ts';

/** How far returns are from a normal distribution. */
export interface ReturnShape {
  /** Third standardised moment; 0 for a normal distribution, below it where losses are the larger surprises. */
  readonly skewness: number;
  /** Fourth standardised moment; 3 for a normal distribution, more with fat tails. */
  readonly kurtosis: number;
}

/** Moments over n (not n - 1) of the returns whose statistics are given. There is a deviation. */
export function returnShape(equity: Float64Array, { n, mean }: ReturnStatistics): ReturnShape {
  let [squares, cubes, fourths] = [0, 0, 0];
  for (let i = 1; i < equity.length; i++) {
    const change = equity[i]! / equity[i - 1]! - 1 - mean;
    const square = change * change;
    squares += square;
    cubes += square * change;
    fourths += square * square;
  }
  const variance = squares / n;
  return { skewness: cubes / n / (variance * Math.sqrt(variance)), kurtosis: fourths / n / (variance * variance) };
}
