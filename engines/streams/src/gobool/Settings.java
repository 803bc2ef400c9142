package gobool;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;

/** The settings file: `bootstrap.servers`, `application.id`, `group.instance.id`, `health.address`, `topic.prefix`. */
record Settings(String bootstrap, String application, String instance, InetSocketAddress health, Topics topics) {

  static Settings read(Path file) throws IOException {
    var properties = new Properties();
    try (var reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    return new Settings(
        required(properties, "bootstrap.servers"),
        required(properties, "application.id"),
        required(properties, "group.instance.id"),
        address(required(properties, "health.address")),
        new Topics(properties.getProperty("topic.prefix", "")));
  }

  /** A named member of the group gets its partitions back at once after a restart. */
  Properties streams() {
    var properties = new Properties();
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, application);
    properties.put(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.ByteArraySerde.class);
    properties.put(StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, Serdes.ByteArraySerde.class);
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    properties.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), instance);
    properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 6_000);
    properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 2_000);
    properties.put(StreamsConfig.ENABLE_METRICS_PUSH_CONFIG, false);
    return properties;
  }

  private static String required(Properties properties, String key) {
    var value = properties.getProperty(key, "");
    if (value.isEmpty()) throw new IllegalArgumentException(key + " is missing in the settings file");
    return value;
  }

  private static InetSocketAddress address(String text) {
    var colon = text.lastIndexOf(':');
    return new InetSocketAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
  }
}
