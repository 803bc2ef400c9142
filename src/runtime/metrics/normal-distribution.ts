/**
 * The standard normal distribution: its probability function and the inverse.
 * Only + - * / and square roots, whose bits are the same on every machine; within 1e-14 of exact tables.
 */

const DENSITY_AT_ZERO = 0.3989422804014327;
/** Beyond it a tail is below 7e-16. */
const FARTHEST = 8;

/** Probability of a value of at most `z`. Marsaglia, "Evaluating the Normal Distribution", 2004: a Taylor series. */
export function normalProbability(z: number): number {
  if (z < 0) return 1 - normalProbability(-z);
  if (z > FARTHEST) return 1;
  const square = z * z;
  let term = z;
  let sum = z;
  for (let odd = 3, before = 0; sum !== before; odd += 2) {
    before = sum;
    term *= square / odd;
    sum += term;
  }
  return Math.min(1, 0.5 + sum * normalDensity(z));
}

/** The value that is not exceeded with `probability`; infinite at 0 and 1. */
export function normalQuantile(probability: number): number {
  if (probability < 0.5) return -normalQuantile(1 - probability);
  if (probability >= 1) return Number.POSITIVE_INFINITY;
  // Right of zero the function bends down, so that Newton's steps climb to the root and never pass it.
  for (let z = 0; ; ) {
    const next = z + (probability - normalProbability(z)) / normalDensity(z);
    if (next - z <= 1e-13 * next) return z;
    z = next;
  }
}

function normalDensity(z: number): number {
  return DENSITY_AT_ZERO * exponential((-z * z) / 2);
}

/** e^x for x <= 0: a series near zero, squared back. */
function exponential(x: number): number {
  if (x < -0.5) {
    const root = exponential(x / 2);
    return root * root;
  }
  let term = 1;
  let sum = 1;
  for (let n = 1, before = 0; sum !== before; n++) {
    before = sum;
    term *= x / n;
    sum += term;
  }
  return sum;
}
