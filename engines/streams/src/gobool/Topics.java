package gobool;

import java.util.List;
import java.util.stream.Stream;

/** The topics that are read and written. A prefix gives a test topics of its own. */
record Topics(String prefix) {
  String ticks() {
    return prefix + "ticks";
  }

  String candles(Interval interval) {
    return prefix + "candles." + interval.label;
  }

  String late() {
    return prefix + "ticks.late";
  }

  String deadLetters() {
    return prefix + "dead-letters";
  }

  List<String> all() {
    var candles = Stream.of(Interval.values()).map(this::candles);
    return Stream.concat(Stream.of(ticks(), late(), deadLetters()), candles).toList();
  }
}
