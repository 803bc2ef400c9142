/**
 * Turns the local times of a file's rows into UTC, one lookup for many neighbours. Epoch milliseconds throughout.
 * A local time that the zone skips (clocks go forward) is NaN. One that occurs twice (clocks go back) is told apart by
 * the rows before it: the first of the two instants that goes on in the direction of the file.
 */
import type { ZoneOffsets } from '../../market/zone-offsets.ts';

export class ZoneClock {
  /** Local times so far that occur twice in the zone. */
  repeatedCount = 0;
  readonly #zone: ZoneOffsets;
  /** Local times in `[#plainFromMs, #plainToMs)` mean one instant each: `#offsetMs` earlier. */
  #plainFromMs = Number.POSITIVE_INFINITY;
  #plainToMs = Number.NEGATIVE_INFINITY;
  #offsetMs = Number.NaN;
  #previousMs = Number.NEGATIVE_INFINITY;
  #descends = false;

  constructor(zone: ZoneOffsets) {
    this.#zone = zone;
  }

  /** The instant of a local time; NaN where the zone skips it. Ask in the order of the file. */
  toUtc(localMs: number): number {
    const isPlain = localMs >= this.#plainFromMs && localMs < this.#plainToMs;
    const utcMs = isPlain ? localMs - this.#offsetMs : this.#lookUp(localMs);
    if (utcMs !== this.#previousMs && !Number.isNaN(utcMs)) {
      this.#descends = utcMs < this.#previousMs;
      this.#previousMs = utcMs;
    }
    return utcMs;
  }

  #lookUp(localMs: number): number {
    const { startsMs, offsetsMs } = this.#zone;
    const entry = startsMs.findLastIndex((_, index) => localMs >= this.#unclear(index).fromMs);
    const offsetMs = offsetsMs[entry] ?? Number.NaN;
    const { toMs } = this.#unclear(entry);
    if (localMs < toMs) return this.#choose(localMs - (offsetsMs[entry - 1] ?? Number.NaN), localMs - offsetMs);
    this.#plainFromMs = toMs;
    this.#plainToMs = this.#unclear(entry + 1).fromMs;
    this.#offsetMs = offsetMs;
    return localMs - offsetMs;
  }

  /** The local times around the start of an entry that are skipped or occur twice; empty at the table's ends. */
  #unclear(entry: number): { fromMs: number; toMs: number } {
    const { startsMs, offsetsMs } = this.#zone;
    const startMs = startsMs[entry] ?? Number.POSITIVE_INFINITY;
    const afterMs = offsetsMs[entry] ?? 0;
    const beforeMs = offsetsMs[entry - 1] ?? afterMs;
    return { fromMs: startMs + Math.min(beforeMs, afterMs), toMs: startMs + Math.max(beforeMs, afterMs) };
  }

  /** Between the instants before and after a transition; skipped local times give them in reverse order. */
  #choose(beforeMs: number, afterMs: number): number {
    if (beforeMs > afterMs) return Number.NaN;
    this.repeatedCount++;
    if (this.#descends) return afterMs < this.#previousMs ? afterMs : beforeMs;
    return beforeMs > this.#previousMs ? beforeMs : afterMs;
  }
}
