package gobool;

import static java.util.stream.Collectors.joining;

import java.util.Collection;
import org.apache.kafka.streams.KafkaStreams;

/** What the health page answers. */
record Status(boolean isHealthy, String json) {

  static Status waitingForKafka() {
    return new Status(false, "{\"state\":\"WAITING_FOR_KAFKA\"}");
  }

  static Status waitingForTopics(Collection<String> missing) {
    var names = missing.stream().map(name -> '"' + name + '"').collect(joining(","));
    return new Status(false, "{\"state\":\"WAITING_FOR_TOPICS\",\"missing\":[%s]}".formatted(names));
  }

  /**
   * `partitions` are those that are being read, of `partitionsOfTopic`. `lag` counts records, null before the first
   * one.
   */
  static Status of(KafkaStreams streams, String topic, int partitionsOfTopic) {
    var state = streams.state();
    var json = "{\"state\":\"%s\",\"partitions\":%d,\"partitionsOfTopic\":%d,\"lag\":%s}";
    var partitions = partitionsRead(streams);
    return new Status(
        state == KafkaStreams.State.RUNNING,
        json.formatted(state, partitions, partitionsOfTopic, lag(streams, topic)));
  }

  private static long partitionsRead(KafkaStreams streams) {
    return streams.metadataForLocalThreads().stream()
        .flatMap(thread -> thread.activeTasks().stream())
        .mapToLong(task -> task.topicPartitions().size())
        .sum();
  }

  private static Long lag(KafkaStreams streams, String topic) {
    var lags = streams.metrics().entrySet().stream()
        .filter(metric -> metric.getKey().name().equals("records-lag"))
        .filter(metric -> topic.equals(metric.getKey().tags().get("topic")))
        .map(metric -> ((Number) metric.getValue().metricValue()).longValue())
        .toList();
    return lags.isEmpty() ? null : lags.stream().mapToLong(Long::longValue).sum();
  }
}
