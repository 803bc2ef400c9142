package gobool;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.streams.KafkaStreams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** `gobool.Main <settings file>`: the candle fold. Ends on SIGTERM, and with exit code 1 where it cannot go on. */
public final class Main {
  private static final Logger LOG = LoggerFactory.getLogger(Main.class);
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(8);

  private Main() {}

  public static void main(String[] arguments) {
    try {
      run(Settings.read(Path.of(arguments[0])));
      LOG.error("Streams ended with an error");
    } catch (Exception failure) {
      LOG.error("cannot start", failure);
    }
    System.exit(1);
  }

  /** Returns only when Streams has failed. */
  private static void run(Settings settings) throws Exception {
    var health = Health.open(settings.health());
    var topics = settings.topics();
    var partitions = TopicGate.await(settings, missing -> health.show(() -> Status.waitingForTopics(missing)));

    var failed = new CountDownLatch(1);
    var streams = new KafkaStreams(CandleTopology.of(topics), settings.streams(), new OneProducer(settings));
    streams.setUncaughtExceptionHandler(new Failures());
    streams.setStateListener((state, before) -> {
      LOG.info("{}", state);
      if (state == KafkaStreams.State.ERROR) failed.countDown();
    });
    health.show(() -> Status.of(streams, topics.ticks(), partitions));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> streams.close(CLOSE_WITHIN)));
    streams.start();
    failed.await();
  }
}
