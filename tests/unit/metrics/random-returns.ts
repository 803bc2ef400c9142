/** Seeded returns and the equity that they make. */
import { nextRandom, prngFromSeed } from '../../../src/runtime/base/prng.ts';
import type { EquityCurve } from '../../../src/runtime/metrics/curve.ts';
import { normalQuantile } from '../../../src/runtime/metrics/normal-distribution.ts';
import { DAY, START } from './records.ts';

/** Independent, from a normal distribution. */
export function normalReturns(seed: number, count: number, mean: number, deviation: number): number[] {
  const prng = prngFromSeed(seed);
  return Array.from({ length: count }, () => mean + deviation * normalQuantile((nextRandom(prng) + 1e-9) / 1.000001));
}

/** A year has 252 returns. */
export function curveOfReturns(returns: readonly number[]): EquityCurve {
  const daily = new Float64Array(returns.length + 1).fill(100_000);
  for (const [i, change] of returns.entries()) daily[i + 1] = daily[i]! * (1 + change);
  return {
    daily,
    startTime: START,
    endTime: START + (returns.length / 252) * 365.25 * DAY,
    periodsPerYear: 252,
    drawdown: { depth: 0.1, peakTime: START, troughTime: START, recoveryTime: null },
    steps: daily.length,
  };
}
