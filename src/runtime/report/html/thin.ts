/**
 * Long series as few points. Bars are cut into buckets of equal length, and each bucket keeps its lowest and its
 * highest value in the order in which they came, so that no spike is lost.
 */

/** Bars `[from, to)` of each bucket; at most `pointsMax / 2` of them, or a bucket per bar where that suffices. */
export interface Buckets {
  readonly size: number;
  readonly count: number;
  readonly length: number;
}

export function bucketsFor(length: number, pointsMax: number): Buckets {
  const size = Math.max(1, Math.ceil((2 * length) / pointsMax));
  return { size, count: Math.ceil(length / size), length };
}

/** Two points a bucket: times at its first bar and at its last, so that all thinned series share them. */
export function thinTimes(times: Float64Array, { size, count, length }: Buckets): Float64Array {
  const thinned = new Float64Array(2 * count);
  for (let bucket = 0; bucket < count; bucket++) {
    const last = Math.min(length, (bucket + 1) * size) - 1;
    // A last bucket of one bar has two equal times, which no axis may have.
    thinned[2 * bucket] =
      last === bucket * size ? (times[last]! + times[Math.max(0, last - 1)]!) / 2 : times[bucket * size]!;
    thinned[2 * bucket + 1] = times[last]!;
  }
  return thinned;
}

/** Lowest and highest of each bucket, NaN where it has no finite value. */
export function thinValues(values: Float64Array, { size, count, length }: Buckets): Float64Array {
  const thinned = new Float64Array(2 * count);
  for (let bucket = 0; bucket < count; bucket++) {
    const [first, second] = extremes(values, bucket * size, Math.min(length, (bucket + 1) * size));
    thinned[2 * bucket] = first;
    thinned[2 * bucket + 1] = second;
  }
  return thinned;
}

function extremes(values: Float64Array, from: number, to: number): readonly [first: number, second: number] {
  let [lowest, highest] = [-1, -1];
  for (let i = from; i < to; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) continue;
    if (lowest < 0 || value < values[lowest]!) lowest = i;
    if (highest < 0 || value > values[highest]!) highest = i;
  }
  if (lowest < 0) return [Number.NaN, Number.NaN];
  return lowest < highest ? [values[lowest]!, values[highest]!] : [values[highest]!, values[lowest]!];
}
