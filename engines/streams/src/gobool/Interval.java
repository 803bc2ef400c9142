package gobool;

import java.util.Optional;

/**
 * The lengths of candles, finest first. Each is a multiple of the one before it, so that candles merge into candles.
 */
enum Interval {
  SECOND("1s", 1_000),
  FIVE_SECONDS("5s", 5_000),
  MINUTE("1m", 60_000),
  FIVE_MINUTES("5m", 300_000);

  /** As it stands in topics and candles: {@code 1m}. */
  final String label;
  private final long lengthMs;

  Interval(String label, long lengthMs) {
    this.label = label;
    this.lengthMs = lengthMs;
  }

  /** The open of the bar that holds this time; both in epoch milliseconds. */
  long openOf(long timeMs) {
    return Math.floorDiv(timeMs, lengthMs) * lengthMs;
  }

  /** The first millisecond after the bar that opens at this time. */
  long endOf(long openMs) {
    return openMs + lengthMs;
  }

  Optional<Interval> coarser() {
    var all = values();
    return ordinal() + 1 < all.length ? Optional.of(all[ordinal() + 1]) : Optional.empty();
  }
}
