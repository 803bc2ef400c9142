/**
 * How sure one may be of a Sharpe ratio. Sharpe ratios here are of one period, not annual.
 * Bailey and López de Prado: "The Sharpe Ratio Efficient Frontier", Journal of Risk 15(2), 2012, and "The Deflated
 * Sharpe Ratio", Journal of Portfolio Management 40(5), 2014.
 * Limitation: returns count as independent of each other, and so do trials. Trials that resemble each other, such as
 * neighbours in a sweep, are fewer in effect, which makes the deflated ratio too low rather than too high.
 */
import { normalProbability, normalQuantile } from './normal-distribution.ts';
import type { ReturnShape } from './return-shape.ts';

const EULER_MASCHERONI = 0.5772156649015329;

export interface SharpeEstimate extends ReturnShape {
  /** Mean over standard deviation of the returns of one period. */
  readonly sharpe: number;
  /** Number of returns. */
  readonly n: number;
}

/**
 * Probability that the true Sharpe ratio is above `benchmark`: the normal distribution at
 * (SR - benchmark) sqrt(n - 1) / sqrt(1 - skewness SR + (kurtosis - 1) / 4 SR^2).
 * Null where the formula has no spread: returns of two values only, at one Sharpe ratio.
 */
export function sharpeProbability(estimate: SharpeEstimate, benchmark: number): number | null {
  const { sharpe, n, skewness, kurtosis } = estimate;
  const spread = 1 - skewness * sharpe + ((kurtosis - 1) / 4) * sharpe * sharpe;
  if (n < 2 || !(spread > 0)) return null;
  return normalProbability((sharpe - benchmark) * Math.sqrt((n - 1) / spread));
}

/**
 * What the best of `trials` Sharpe ratios is expected to be where none has skill and they vary with `variance`:
 * sqrt(variance) ((1 - g) Z(1 - 1 / trials) + g Z(1 - 1 / (trials e))), Z the normal quantile, g Euler-Mascheroni.
 * One trial has no luck of choice: 0.
 */
export function expectedMaximumSharpe(trials: number, variance: number): number {
  if (trials < 2) return 0;
  const typical = normalQuantile(1 - 1 / trials);
  const farther = normalQuantile(1 - 1 / (trials * Math.E));
  return Math.sqrt(variance) * ((1 - EULER_MASCHERONI) * typical + EULER_MASCHERONI * farther);
}
