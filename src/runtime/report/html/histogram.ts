/**
 * How often which return came, in bins of equal width, and how often it would come if returns were normal. Days on
 * which equity did not move, most of them without a position, would hide the rest: they are counted, not drawn.
 */
import { orZero } from '../../metrics/return-statistics.ts';
import { worstReturns } from '../../metrics/worst-returns.ts';

interface Bin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** What a normal distribution of the same mean and deviation has here. */
  readonly normal: number;
}

export interface Histogram {
  readonly bins: readonly Bin[];
  /** Days that moved, their mean and their standard deviation. */
  readonly n: number;
  readonly mean: number;
  readonly deviation: number;
  /** Days that did not move. */
  readonly still: number;
  /** Days that moved further than the bins reach. */
  readonly beyond: number;
  /** The best of the worst twentieth of all days, as in the metric value at risk; null for fewer than twenty days. */
  readonly fifthPercentile: number | null;
}

/** Bins within this many deviations of the mean. */
const REACH = 4;
const BINS = 48;

/** Null for a curve without two different returns. */
export function histogramOf(equity: Float64Array): Histogram | null {
  const all = Float64Array.from({ length: Math.max(0, equity.length - 1) }, (_, i) => equity[i + 1]! / equity[i]! - 1);
  all.sort();
  const moved = all.filter(value => value !== 0);
  const { n, mean, deviation } = spreadOf(moved);
  if (n < 2 || orZero(deviation) === 0) return null;
  const low = Math.max(moved[0]!, mean - REACH * deviation);
  const high = Math.min(moved[n - 1]!, mean + REACH * deviation);
  const inside = moved.filter(value => value >= low && value <= high);
  return {
    bins: binsOf(inside, low, (high - low) / BINS, moved),
    n,
    mean,
    deviation,
    still: all.length - n,
    beyond: n - inside.length,
    fifthPercentile: worstReturns(equity).returns.at(-1) ?? null,
  };
}

function spreadOf(values: Float64Array): { readonly n: number; readonly mean: number; readonly deviation: number } {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  return { n, mean, deviation: n < 2 ? 0 : Math.sqrt(squares / (n - 1)) };
}

function binsOf(values: Float64Array, low: number, width: number, moved: Float64Array): readonly Bin[] {
  const { n, mean, deviation } = spreadOf(moved);
  const counts = new Int32Array(BINS);
  for (const value of values) counts[Math.min(BINS - 1, Math.floor((value - low) / width))]!++;
  return Array.from(counts, (count, index) => {
    const from = low + index * width;
    const middle = (from + width / 2 - mean) / deviation;
    return { from, to: from + width, count, normal: (n * width * normalDensity(middle)) / deviation };
  });
}

const ROOT_OF_TWO_PI = 2.5066282746310002;
/** 16,384 is 2 to this. */
const HALVINGS = 14;

/** exp(-x^2 / 2) as a product, to about 1e-4 within the reach: the same last bits everywhere, enough for a line. */
function normalDensity(x: number): number {
  let power = 1 - (x * x) / 2 / 16_384;
  for (let i = 0; i < HALVINGS; i++) power *= power;
  return power / ROOT_OF_TWO_PI;
}
