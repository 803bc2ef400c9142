package gobool;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Folds the trades of one partition into candles. Only clock records close bars, never this machine's clock: what comes
 * out is a function of the partition's records, however often the app dies and reads them again.
 */
final class CandleProcessor implements Processor<byte[], byte[], byte[], byte[]> {
  static final String STORE = "products";
  static final String LATE = "late";
  static final String DEAD_LETTERS = "dead-letters";

  private ProcessorContext<byte[], byte[]> context;
  private KeyValueStore<String, ProductState> products;

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    this.context = context;
    this.products = context.getStateStore(STORE);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    try {
      var tick = Tick.parse(record.value());
      if (tick instanceof Tick.Trade trade) fold(trade, record);
      if (tick instanceof Tick.Gap gap) skip(gap, record);
      if (tick instanceof Tick.Clock clock) close(clock, record);
    } catch (Refused refused) {
      setAside(DEAD_LETTERS, record, refused.getMessage());
    }
  }

  private void fold(Tick.Trade trade, Record<byte[], byte[]> record) throws Refused {
    requireKey(record, trade.product());
    var state = stateOf(trade.product());
    switch (state.take(trade)) {
      case DUPLICATE -> { return; }
      case LATE -> setAside(LATE, record, "final until " + state.closedUntilMs);
      case FOLDED -> { }
    }
    products.put(trade.product(), state);
  }

  private void skip(Tick.Gap gap, Record<byte[], byte[]> record) throws Refused {
    requireKey(record, gap.product());
    var state = stateOf(gap.product());
    state.skip(gap);
    products.put(gap.product(), state);
  }

  private void close(Tick.Clock clock, Record<byte[], byte[]> record) {
    for (var product : allProducts()) {
      var name = product.key;
      var state = product.value;
      var isChanged = state.closeUntil(clock.timeMs(), (interval, bar) -> emit(name, interval, bar, record));
      if (isChanged) products.put(name, state);
    }
  }

  /**
   * Read to the end before one of them is written, since writing may move an entry that the iterator has yet to meet.
   */
  private Iterable<KeyValue<String, ProductState>> allProducts() {
    var all = new ArrayList<KeyValue<String, ProductState>>();
    try (var entries = products.all()) {
      entries.forEachRemaining(all::add);
    }
    return all;
  }

  private ProductState stateOf(String product) {
    var state = products.get(product);
    return state == null ? new ProductState() : state;
  }

  private void emit(String product, Interval interval, Bar bar, Record<byte[], byte[]> clock) {
    var candle = CandleJson.of(product, interval, bar);
    context.forward(new Record<>(product.getBytes(UTF_8), candle, clock.timestamp()), interval.label);
  }

  private void setAside(String sink, Record<byte[], byte[]> record, String reason) {
    var origin = context.recordMetadata().orElseThrow();
    context.forward(Letter.of(record, reason, origin), sink);
  }

  private static void requireKey(Record<byte[], byte[]> record, String product) throws Refused {
    if (!Arrays.equals(record.key(), product.getBytes(UTF_8))) throw new Refused("key is not the product");
  }
}
