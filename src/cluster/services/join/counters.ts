/** What a replica's writer did since it started. */
import type { Stored } from './store/store-facts.ts';

export interface Counters extends Stored {
  /** Messages that could not be read. */
  unreadable: number;
}

export const newCounters = (): Counters => ({ pieces: 0, bytes: 0, conflicts: 0, unreadable: 0 });
