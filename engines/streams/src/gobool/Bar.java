package gobool;

import java.math.BigDecimal;

/**
 * Open, high, low, close and volume of the trades from {@code openMs} on. Decimals are exact, so a volume does not
 * depend on the order in which parts were added.
 */
record Bar(
    long openMs,
    BigDecimal open,
    BigDecimal high,
    BigDecimal low,
    BigDecimal close,
    BigDecimal volume,
    long trades) {

  /** A trade is a bar of its own. */
  static Bar of(long openMs, Tick.Trade trade) {
    var price = trade.price();
    return new Bar(openMs, price, price, price, price, trade.size(), 1);
  }

  /** This bar, and after it another one. */
  Bar then(Bar later) {
    return new Bar(
        openMs,
        open,
        high.max(later.high),
        low.min(later.low),
        later.close,
        volume.add(later.volume),
        trades + later.trades);
  }

  Bar openingAt(long earlierMs) {
    return new Bar(earlierMs, open, high, low, close, volume, trades);
  }
}
