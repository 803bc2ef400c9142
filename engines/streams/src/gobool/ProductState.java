package gobool;

import java.util.EnumMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * One product: which trades were seen, until when its bars are final, and the bars that are not. Trades are folded into
 * bars of a second only; a coarser bar grows when a finer one is final, so every interval is made of the same candles.
 * Invariant: an open bar begins at or after {@code closedUntilMs}, or is coarser and ends after it.
 */
final class ProductState {
  /** Bars that no clock record closes must not grow without end. */
  private static final int OPEN_SECONDS_MAX = 3_600;

  enum Verdict { FOLDED, DUPLICATE, LATE }

  long lastId = -1;
  /** No watermark before the first clock record: a new product may bring its history. */
  long closedUntilMs = Long.MIN_VALUE;
  /** By their open. Trades may be out of order in time, so several are open at once. */
  final NavigableMap<Long, Bar> seconds = new TreeMap<>();
  final Map<Interval, Bar> coarser = new EnumMap<>(Interval.class);

  Verdict take(Tick.Trade trade) throws Refused {
    if (trade.id() <= lastId) return Verdict.DUPLICATE;
    var isLate = trade.timeMs() < closedUntilMs;
    if (!isLate) fold(trade);
    lastId = trade.id();
    return isLate ? Verdict.LATE : Verdict.FOLDED;
  }

  void skip(Tick.Gap gap) {
    lastId = Math.max(lastId, gap.toId());
  }

  /** Hands over every bar that ends at or before this time, finer before coarser. False where nothing changed. */
  boolean closeUntil(long timeMs, BiConsumer<Interval, Bar> closed) {
    var untilMs = Interval.SECOND.openOf(timeMs);
    if (untilMs <= closedUntilMs) return false;
    closedUntilMs = untilMs;
    var ended = seconds.headMap(untilMs);
    ended.values().forEach(bar -> close(Interval.SECOND, bar, closed));
    ended.clear();
    for (var interval : Interval.values()) {
      var bar = coarser.get(interval);
      if (bar != null && interval.endOf(bar.openMs()) <= untilMs) {
        coarser.remove(interval);
        close(interval, bar, closed);
      }
    }
    return true;
  }

  private void fold(Tick.Trade trade) throws Refused {
    var openMs = Interval.SECOND.openOf(trade.timeMs());
    var isFull = seconds.size() >= OPEN_SECONDS_MAX && !seconds.containsKey(openMs);
    if (isFull) throw new Refused(OPEN_SECONDS_MAX + " bars of a second wait for a clock record");
    seconds.merge(openMs, Bar.of(openMs, trade), Bar::then);
  }

  private void close(Interval interval, Bar bar, BiConsumer<Interval, Bar> closed) {
    closed.accept(interval, bar);
    interval.coarser().ifPresent(next -> grow(next, bar, closed));
  }

  /** Bars arrive in time order, so one that belongs to a later bar ends the growing one. */
  private void grow(Interval interval, Bar bar, BiConsumer<Interval, Bar> closed) {
    var openMs = interval.openOf(bar.openMs());
    var growing = coarser.remove(interval);
    var goesOn = growing != null && growing.openMs() == openMs;
    if (growing != null && !goesOn) close(interval, growing, closed);
    coarser.put(interval, goesOn ? growing.then(bar) : bar.openingAt(openMs));
  }
}
