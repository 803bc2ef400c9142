/** What may be wrong with a benchmark that the user chose. Undefined where nothing is. */
import type { RunRecord } from '../engine/record.ts';
import { closeTimeAt } from '../market/bars.ts';
import { isoDate, MS_PER_DAY } from '../market/civil-date.ts';
import type { Dataset } from '../market/dataset.ts';

interface BenchmarkFacts {
  readonly record: RunRecord;
  readonly benchmark?: Dataset | undefined;
}

/** Holidays and weekends apart. */
const DAYS_OF_GRACE = 7;

export function benchmarkSpan({ record, benchmark }: BenchmarkFacts): string | undefined {
  if (benchmark === undefined) return undefined;
  const { name, bars } = benchmark;
  const [first, last] = [bars.time[0]!, closeTimeAt(bars, bars.length - 1)];
  const grace = DAYS_OF_GRACE * MS_PER_DAY;
  if (first <= record.startTime + grace && last >= record.endTime - grace) return undefined;
  const [from, to] = [first, last - 1].map(time => isoDate(Math.floor(time / MS_PER_DAY)));
  return `The benchmark ${name} has bars from ${from} to ${to} only; outside them it stands still.`;
}

export function benchmarkCurrency({ record, benchmark }: BenchmarkFacts): string | undefined {
  const own = record.products[0]!.currency;
  if (benchmark === undefined || benchmark.product.currency === own) return undefined;
  const { name, product } = benchmark;
  return `The benchmark ${name} is in ${product.currency}, the account in ${own}: nothing is converted.`;
}
