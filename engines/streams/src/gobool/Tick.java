package gobool;

import java.math.BigDecimal;

/** One record of {@code ticks}, version 1. Times are epoch milliseconds. */
sealed interface Tick {

  /** Ids strictly increase per product. */
  record Trade(String product, long id, long timeMs, BigDecimal price, BigDecimal size) implements Tick {}

  /** All trades of this partition before this time are in the partition, before this record. */
  record Clock(long timeMs) implements Tick {}

  /** The trades with these ids, both included, are lost for ever. */
  record Gap(String product, long fromId, long toId) implements Tick {}

  static Tick parse(byte[] json) throws Refused {
    var fields = Fields.of(json);
    var version = fields.integer("v");
    if (version != 1) throw new Refused("version " + version + " is unknown");
    var type = fields.text("type");
    return switch (type) {
      case "trade" -> trade(fields);
      case "clock" -> new Clock(fields.time("time"));
      case "gap" -> gap(fields);
      default -> throw new Refused("type '" + type + "' is unknown");
    };
  }

  private static Trade trade(Fields fields) throws Refused {
    var size = fields.decimal("size");
    if (size.signum() <= 0) throw new Refused("size is not positive");
    return new Trade(fields.product(), fields.id("id"), fields.time("time"), fields.decimal("price"), size);
  }

  private static Gap gap(Fields fields) throws Refused {
    var gap = new Gap(fields.product(), fields.id("from"), fields.id("to"));
    if (gap.fromId > gap.toId) throw new Refused("gap ends before it begins");
    return gap;
  }
}
