package gobool;

import java.util.stream.Stream;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of an error that Streams does not handle. What time can heal gets a new thread; anything else ends the
 * process, whose supervisor sees it and decides.
 */
final class Failures implements StreamsUncaughtExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
  private static final long PAUSE_MS = 1_000;

  @Override
  public StreamThreadExceptionResponse handle(Throwable failure) {
    var isTransient = Stream.iterate(failure, cause -> cause != null, Throwable::getCause).anyMatch(Failures::passes);
    if (!isTransient) return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    LOG.warn("the stream thread is replaced: {}", failure.toString());
    pause();
    return StreamThreadExceptionResponse.REPLACE_THREAD;
  }

  private static boolean passes(Throwable cause) {
    return cause instanceof RetriableException || cause instanceof MissingSourceTopicException;
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MS);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}
