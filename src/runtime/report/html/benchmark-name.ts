import type { Benchmark } from '../../metrics/summary.ts';

/** What the benchmark's numbers are headed with: short, so that it fits beside a number. */
export function benchmarkName({ dataset }: Benchmark): string {
  return dataset?.name ?? 'buy & hold';
}
