package gobool;

import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.processor.internals.DefaultKafkaClientSupplier;

/**
 * Gives the app's one producer the same transactional id in every life of the app. Streams would take a random one,
 * since no store is on disk; then what a killed app had begun would hold back every reader until the broker's timeout,
 * instead of being aborted by its successor at once. It also fences a zombie.
 */
final class OneProducer extends DefaultKafkaClientSupplier {
  private final String transactionalId;

  OneProducer(Settings settings) {
    this.transactionalId = settings.application() + "-" + settings.instance();
  }

  @Override
  public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
    config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
    return super.getProducer(config);
  }
}
