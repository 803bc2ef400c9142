package gobool;

import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * One source, one processor, one store, one sink for each kind of output. The store is in memory and rebuilt from its
 * topic at every start: with exactly-once processing a store on disk is thrown away after a crash anyway.
 */
final class CandleTopology {
  private static final String SOURCE = "ticks";
  private static final String FOLD = "fold";
  /** Time is in the value; a record without a timestamp must not stop the app, as it would by default. */
  private static final TimestampExtractor ANY_TIMESTAMP = (record, before) -> Math.max(0, record.timestamp());

  private CandleTopology() {}

  static Topology of(Topics topics) {
    var topology = new Topology();
    topology.addSource(ANY_TIMESTAMP, SOURCE, topics.ticks());
    topology.addProcessor(FOLD, CandleProcessor::new, SOURCE);
    topology.addStateStore(products(), FOLD);
    for (var interval : Interval.values()) topology.addSink(interval.label, topics.candles(interval), FOLD);
    topology.addSink(CandleProcessor.LATE, topics.late(), FOLD);
    topology.addSink(CandleProcessor.DEAD_LETTERS, topics.deadLetters(), FOLD);
    return topology;
  }

  /**
   * The cache writes a product once a commit instead of once a trade. Small segments are compacted, and read, sooner.
   */
  private static StoreBuilder<KeyValueStore<String, ProductState>> products() {
    var memory = Stores.inMemoryKeyValueStore(CandleProcessor.STORE);
    return Stores.keyValueStoreBuilder(memory, Serdes.String(), new ProductStateSerde())
        .withCachingEnabled()
        .withLoggingEnabled(Map.of(TopicConfig.SEGMENT_BYTES_CONFIG, "8388608"));
  }
}
