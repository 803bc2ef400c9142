import { expect, test } from 'vitest';
import { histogramOf } from '../../../../src/runtime/report/html/histogram.ts';

/** Equity whose returns are these. */
const equityOf = (returns: readonly number[]): Float64Array =>
  Float64Array.from([
    100,
    ...returns.map((_, i) => 100 * returns.slice(0, i + 1).reduce((all, r) => all * (1 + r), 1)),
  ]);

test('bins hold every day that moved and is not too far out', () => {
  const returns = Array.from({ length: 200 }, (_, i) => ((i % 21) - 10) / 1000);
  const histogram = histogramOf(equityOf([...returns, 0.2]))!;
  const still = returns.filter(value => value === 0).length;
  expect(histogram).toMatchObject({ n: 201 - still, still, beyond: 1 });
  expect(histogram.bins.reduce((sum, bin) => sum + bin.count, 0)).toBe(200 - still);
  expect(histogram.bins.every((bin, i, bins) => i === 0 || Math.abs(bin.from - bins[i - 1]!.to) < 1e-12)).toBe(true);
});

test('the normal line has the area of the bars and its top at the mean', () => {
  const normal = Array.from({ length: 4000 }, (_, i) => {
    const share = (i + 0.5) / 4000;
    return 0.01 * Math.log(share / (1 - share)) * 0.55;
  });
  const { bins, n, mean } = histogramOf(equityOf(normal))!;
  const area = bins.reduce((sum, bin) => sum + bin.normal, 0);
  expect(area / n).toBeCloseTo(1, 2);
  const top = bins.reduce((best, bin) => (bin.normal > best.normal ? bin : best));
  expect(top.from <= mean + 1e-3 && top.to >= mean - 1e-3).toBe(true);
  const beside = bins.find(({ from, to }) => from <= 0.01 && to > 0.01)!;
  const deviation = histogramOf(equityOf(normal))!.deviation;
  const exact = (x: number) => Math.exp(-(x * x) / 2 / deviation ** 2);
  expect(beside.normal / top.normal).toBeCloseTo(
    exact((beside.from + beside.to) / 2) / exact((top.from + top.to) / 2),
    2,
  );
});

test('the fifth percentile is of all days, and needs twenty of them', () => {
  const returns = [-0.05, ...Array(19).fill(0), 0.01];
  expect(histogramOf(equityOf(returns))?.fifthPercentile).toBeCloseTo(-0.05, 12);
  expect(histogramOf(equityOf(returns.slice(2)))?.fifthPercentile ?? null).toBeNull();
});

test('none without two different returns', () => {
  expect(histogramOf(Float64Array.of(100, 100, 100))).toBeNull();
  expect(histogramOf(Float64Array.of(100, 110))).toBeNull();
  expect(histogramOf(new Float64Array())).toBeNull();
  expect(histogramOf(Float64Array.from({ length: 50 }, (_, day) => 100_000 * 1.001 ** day))).toBeNull();
});
