package gobool;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for the broker and the topics: Streams itself would end with an error. */
final class TopicGate {
  private static final Logger LOG = LoggerFactory.getLogger(TopicGate.class);
  private static final Duration PAUSE = Duration.ofMillis(500);

  private TopicGate() {}

  /** Resolves with the number of partitions of `ticks` once all topics exist; tells the missing ones until then. */
  static int await(Settings settings, Consumer<Collection<String>> onMissing) throws InterruptedException {
    var config = Map.<String, Object>of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrap());
    try (var admin = Admin.create(config)) {
      while (true) {
        try {
          var missing = missing(admin, settings.topics());
          if (missing.isEmpty()) return partitions(admin, settings.topics().ticks());
          onMissing.accept(missing);
        } catch (ExecutionException notYet) {
          LOG.warn("the broker does not answer: {}", notYet.getMessage());
        }
        Thread.sleep(PAUSE.toMillis());
      }
    }
  }

  private static List<String> missing(Admin admin, Topics topics) throws InterruptedException, ExecutionException {
    var present = admin.listTopics().names().get();
    return topics.all().stream().filter(topic -> !present.contains(topic)).toList();
  }

  private static int partitions(Admin admin, String topic) throws InterruptedException, ExecutionException {
    return admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions().size();
  }
}
