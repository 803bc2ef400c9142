import { describe, expect, test } from 'vitest';
import { nextRandom, prngFromSeed } from '../../../src/runtime/base/prng.ts';
import { confidenceMetrics } from '../../../src/runtime/metrics/confidence-metrics.ts';
import { normalQuantile } from '../../../src/runtime/metrics/normal-distribution.ts';
import { returnShape } from '../../../src/runtime/metrics/return-shape.ts';
import { returnStatistics } from '../../../src/runtime/metrics/return-statistics.ts';
import { expectedMaximumSharpe, sharpeProbability } from '../../../src/runtime/metrics/sharpe-confidence.ts';
import { curveOfReturns, normalReturns } from './random-returns.ts';

describe('the deflated Sharpe ratio', () => {
  // The example of Bailey and López de Prado, 2014: annual Sharpe 2.5 over five years of 250 days, and trials whose
  // annual Sharpe ratios have a variance of 1/2.
  const estimate = { sharpe: 2.5 / Math.sqrt(250), n: 1250, skewness: -3, kurtosis: 10 };

  test.each([
    [100, 0.9004],
    [46, 0.9505],
  ])('after %i trials is %f', (trials, expected) => {
    expect(sharpeProbability(estimate, expectedMaximumSharpe(trials, 0.5 / 250))).toBeCloseTo(expected, 4);
  });

  test('falls with every trial', () => {
    const after = (trials: number) => sharpeProbability(estimate, expectedMaximumSharpe(trials, 0.5 / 250))!;
    const falling = [1, 2, 3, 10, 100, 1000, 10_000, 1_000_000].map(after);
    expect(falling).toEqual(falling.toSorted((a, b) => b - a));
    expect(new Set(falling).size).toBe(falling.length);
  });
});

describe('the expected maximum', () => {
  test('of one trial, and of trials that do not vary, is 0', () => {
    expect([expectedMaximumSharpe(1, 1), expectedMaximumSharpe(100, 0)]).toEqual([0, 0]);
  });

  test.each([10, 100, 1000])('of %i trials is what random numbers show, within 5 %%', trials => {
    const prng = prngFromSeed(trials);
    const rounds = 400;
    let sum = 0;
    for (let round = 0; round < rounds; round++) {
      let highest = 0;
      for (let trial = 0; trial < trials; trial++) highest = Math.max(highest, nextRandom(prng));
      sum += normalQuantile(highest);
    }
    expect(expectedMaximumSharpe(trials, 1) / (sum / rounds)).toBeGreaterThan(0.95);
    expect(expectedMaximumSharpe(trials, 1) / (sum / rounds)).toBeLessThan(1.05);
  });
});

describe('the probabilistic Sharpe ratio', () => {
  const normal = { skewness: 0, kurtosis: 3 };

  test('by hand: 0.1 over 101 normal returns is 1 / sqrt(1.005) deviations above 0', () => {
    // Normal table at 0.99751.
    expect(sharpeProbability({ sharpe: 0.1, n: 101, ...normal }, 0)).toBeCloseTo(0.840741, 5);
    expect(sharpeProbability({ sharpe: 0.1, n: 101, ...normal }, 0.1)).toBe(0.5);
  });

  test('fears losses that surprise, and fat tails', () => {
    const with_ = (shape: object) => sharpeProbability({ sharpe: 0.1, n: 101, ...normal, ...shape }, 0)!;
    expect(with_({ skewness: -2 })).toBeLessThan(with_({}));
    expect(with_({ kurtosis: 20 })).toBeLessThan(with_({}));
  });

  test('is undefined where its spread is 0: returns of 0 and 2 with a mean of 1 deviation', () => {
    expect(sharpeProbability({ sharpe: 1, n: 101, skewness: 2, kurtosis: 5 }, 0)).toBeNull();
  });

  test('holds as often as it says: of 400 strategies without skill, one in twenty passes 0.95', () => {
    let passed = 0;
    for (let seed = 1; seed <= 400; seed++) {
      const { probabilisticSharpe } = confidenceMetrics(curveOfReturns(normalReturns(seed, 252, 0, 0.01)));
      if (probabilisticSharpe.value! > 0.95) passed++;
    }
    expect(passed / 400).toBeGreaterThan(0.025);
    expect(passed / 400).toBeLessThan(0.08);
  });
});

test('skewness and kurtosis of 1, 1, 1, 5 in per cent: 2 / sqrt(3) and 7 / 3', () => {
  const { daily } = curveOfReturns([0.01, 0.01, 0.01, 0.05]);
  const { skewness, kurtosis } = returnShape(daily, returnStatistics(daily));
  expect(skewness).toBeCloseTo(2 / Math.sqrt(3), 10);
  expect(kurtosis).toBeCloseTo(7 / 3, 10);
});

test('flat equity has neither', () => {
  const { probabilisticSharpe, deflatedSharpe } = confidenceMetrics(curveOfReturns([0, 0, 0]));
  expect([probabilisticSharpe.value, deflatedSharpe.value]).toEqual([null, null]);
});
