import type { FeedRange } from './context.ts';

/** `gold: stock.GLD.usa@1d`; samples are told as such: they are for learning, not complete and not current. */
export function feedName({ feed, dataset, sample }: Pick<FeedRange, 'feed' | 'dataset' | 'sample'>): string {
  const name = feed === 'main' ? dataset : `${feed}: ${dataset}`;
  return sample ? `${name} (sample)` : name;
}

/** Where the shipped samples come from, for pages that are sent to others: samples/SOURCES.md in short. */
export const SAMPLE_SOURCE = "a sample that gobool ships, made from LEAN's sample data, Apache License 2.0";
