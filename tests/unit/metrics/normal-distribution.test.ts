import { expect, test } from 'vitest';
import { normalProbability, normalQuantile } from '../../../src/runtime/metrics/normal-distribution.ts';

// Abramowitz and Stegun, "Handbook of Mathematical Functions", table 26.1; 6 and beyond from mpmath with 30 digits.
test.each([
  [0, 0.5],
  [0.5, 0.691462461274013],
  [1, 0.841344746068543],
  [1.96, 0.97500210485178],
  [2.5, 0.993790334674224],
  [3, 0.99865010196837],
  [4, 0.999968328758167],
  [5, 0.999999713348428],
  [6, 0.999999999013412],
  [40, 1],
])('up to %f lies %f', (z, probability) => {
  expect(Math.abs(normalProbability(z) - probability)).toBeLessThan(1e-14);
  expect(Math.abs(normalProbability(-z) - (1 - probability))).toBeLessThan(1e-14);
});

// Wichura, "Algorithm AS 241", 1988, gives the three in the middle with 16 digits.
test.each([
  [0.5, 0],
  [0.75, 0.6744897501960817],
  [0.975, 1.959963984540054],
  [0.25, -0.6744897501960817],
  [0.001, -3.090232306167814],
  [0.99, 2.3263478740408408],
  [1 - 1e-6, 4.753424308817088],
])('%f is reached at %f', (probability, z) => {
  expect(normalQuantile(probability)).toBeCloseTo(z, 8);
});

test('certainty is never reached', () => {
  expect(normalQuantile(1)).toBe(Number.POSITIVE_INFINITY);
  expect(normalQuantile(0)).toBe(Number.NEGATIVE_INFINITY);
});

test('one is the inverse of the other', () => {
  for (let probability = 1e-6; probability < 1; probability += 0.00731)
    expect(normalProbability(normalQuantile(probability))).toBeCloseTo(probability, 13);
});
