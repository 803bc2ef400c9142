/** The words for bar lengths, and what they last. A week is five or seven sessions, but counts as seven days here. */
export const INTERVAL_MS = {
  '1s': 1_000,
  '5s': 5_000,
  '1m': 60_000,
  '5m': 300_000,
  '15m': 900_000,
  '1h': 3_600_000,
  '4h': 14_400_000,
  '1d': 86_400_000,
  '1w': 604_800_000,
} as const;

export type Interval = keyof typeof INTERVAL_MS;

/** From fine to coarse. */
export const INTERVALS = Object.keys(INTERVAL_MS) as readonly Interval[];

export function isInterval(word: string): word is Interval {
  return Object.hasOwn(INTERVAL_MS, word);
}

/** The word for a length, if there is one. */
export function intervalOfMs(lengthMs: number): Interval | undefined {
  return INTERVALS.find(word => INTERVAL_MS[word] === lengthMs);
}

/** Daily and weekly bars are stamped with sessions, shorter ones with the clock. */
export function isIntraday(interval: Interval): boolean {
  return INTERVAL_MS[interval] < INTERVAL_MS['1d'];
}

/** Whether bars of `coarse` can be made from bars of `fine`. */
export function divides(fine: Interval, coarse: Interval): boolean {
  return fine !== coarse && INTERVAL_MS[coarse] % INTERVAL_MS[fine] === 0;
}
