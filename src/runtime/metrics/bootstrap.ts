/**
 * Other histories that the same days could have made: the stationary block bootstrap of Politis and Romano, "The
 * Stationary Bootstrap", Journal of the American Statistical Association 89, 1994. A history strings together blocks of
 * consecutive daily returns, each from a random day on and of a random, geometrically distributed length, until it has
 * as many returns as the original; after the last day comes the first. Blocks keep what days owe to the days before.
 * Their mean length is the cube root of the number of returns, the growth that Politis and White, "Automatic
 * Block-Length Selection", Econometric Reviews 23, 2004, show to be the best: 7 days in a year, 14 in ten.
 * Seeded, so that a result always has the same intervals. Sums over a block are differences of running sums; only the
 * drawdown walks through its days.
 */
import { nextUint32, type PrngState, prngFromSeed } from '../base/prng.ts';
import type { ReturnStatistics } from './return-statistics.ts';

/** What a resampled history came to. */
export interface History extends ReturnStatistics {
  /** Equity at the end over equity at the start. */
  readonly growth: number;
  /** Largest fall from a peak, as a fraction of it, on daily samples. */
  readonly depth: number;
}

const SEED = 1994;
const UINT32_RANGE = 0x100000000;
/** Block lengths are drawn from a table of so many equally likely ones. */
const LENGTH_BITS = 10;
/** A share of the squares below this is rounding of the running sums, not spread. */
const ROUNDING = 1e-12;

/** Equity is positive throughout, and there are at least two returns. */
export function resampleHistories(equity: Float64Array, count: number): History[] {
  const prng = prngFromSeed(SEED);
  const sums = runningSums(equity);
  const lengths = geometricLengths(cubeRoot(equity.length - 1));
  return Array.from({ length: count }, () => resample(sums, lengths, prng));
}

interface RunningSums {
  readonly equity: Float64Array;
  /** Entry i: over the returns up to sample i. */
  readonly returns: Float64Array;
  readonly squares: Float64Array;
  readonly lossSquares: Float64Array;
}

function runningSums(equity: Float64Array): RunningSums {
  const returns = new Float64Array(equity.length);
  const squares = new Float64Array(equity.length);
  const lossSquares = new Float64Array(equity.length);
  for (let i = 1; i < equity.length; i++) {
    const change = equity[i]! / equity[i - 1]! - 1;
    const square = change * change;
    returns[i] = returns[i - 1]! + change;
    squares[i] = squares[i - 1]! + square;
    lossSquares[i] = lossSquares[i - 1]! + (change < 0 ? square : 0);
  }
  return { equity, returns, squares, lossSquares };
}

function resample(
  { equity, returns, squares, lossSquares }: RunningSums,
  lengths: Int32Array,
  prng: PrngState,
): History {
  const n = equity.length - 1;
  let [sum, sumSquares, sumLossSquares, growth] = [0, 0, 0, 1];
  const fall = { peak: 1, lowest: 1 };
  let [from, left] = [0, 0];
  for (let done = 0; done < n; ) {
    if (left === 0) {
      from = Math.floor((nextUint32(prng) / UINT32_RANGE) * n);
      left = lengths[nextUint32(prng) >>> (32 - LENGTH_BITS)]!;
    }
    const to = Math.min(from + left, from + n - done, n);
    sum += returns[to]! - returns[from]!;
    sumSquares += squares[to]! - squares[from]!;
    sumLossSquares += lossSquares[to]! - lossSquares[from]!;
    growth *= equity[to]! / equity[from]!;
    walk(equity, from, to, fall);
    done += to - from;
    left -= to - from;
    from = to === n ? 0 : to;
  }
  const mean = sum / n;
  const spread = sumSquares - sum * mean;
  const deviation = spread > ROUNDING * sumSquares ? Math.sqrt(spread / (n - 1)) : 0;
  return { n, mean, deviation, downside: Math.sqrt(sumLossSquares / n), growth, depth: 1 - fall.lowest };
}

/** `peak` so far over the equity now, and the `lowest` share of its peak that equity had. */
interface Fall {
  peak: number;
  lowest: number;
}

function walk(equity: Float64Array, from: number, to: number, fall: Fall): void {
  let peak = fall.peak * equity[from]!;
  let floor = peak * fall.lowest;
  for (let i = from + 1; i <= to; i++) {
    const value = equity[i]!;
    if (value > peak) {
      peak = value;
      floor = peak * fall.lowest;
    } else if (value < floor) {
      floor = value;
      fall.lowest = value / peak;
    }
  }
  fall.peak = peak / equity[to]!;
}

/** Lengths of at least 1 with this mean, one for each of equally many shares of the geometric distribution. */
function geometricLengths(mean: number): Int32Array {
  const lengths = new Int32Array(1 << LENGTH_BITS);
  let length = 0;
  let longer = 1;
  for (let i = 0; i < lengths.length; i++) {
    const share = 1 - (i + 0.5) / lengths.length;
    for (; longer > share; length++) longer *= 1 - 1 / mean;
    lengths[i] = length;
  }
  return lengths;
}

/** Rounded up to a whole number. */
function cubeRoot(n: number): number {
  let root = 1;
  while (root * root * root < n) root++;
  return root;
}
