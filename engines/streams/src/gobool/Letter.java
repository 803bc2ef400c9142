package gobool;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * A record that is set aside as it came: original key, value and headers, with two headers more, which say why and
 * where it came from. Compressed in its batch it may have been larger than a topic takes uncompressed; then it is cut,
 * so that it cannot stop the app, and its origin says where the whole of it lies.
 */
final class Letter {
  private static final int BYTES_MAX = 262_144;

  private Letter() {}

  static Record<byte[], byte[]> of(Record<byte[], byte[]> record, String reason, RecordMetadata origin) {
    var headers = new RecordHeaders();
    if (sizeOf(record.headers()) <= BYTES_MAX) record.headers().forEach(headers::add);
    headers.add("gobool.reason", reason.getBytes(UTF_8));
    headers.add("gobool.origin", place(origin).getBytes(UTF_8));
    return new Record<>(cut(record.key()), cut(record.value()), record.timestamp(), headers);
  }

  private static String place(RecordMetadata origin) {
    return "%s-%d@%d".formatted(origin.topic(), origin.partition(), origin.offset());
  }

  private static byte[] cut(byte[] bytes) {
    return bytes == null || bytes.length <= BYTES_MAX ? bytes : Arrays.copyOf(bytes, BYTES_MAX);
  }

  private static long sizeOf(Headers headers) {
    return StreamSupport.stream(headers.spliterator(), false)
        .mapToLong(header -> header.key().length() * 3L + (header.value() == null ? 0 : header.value().length))
        .sum();
  }
}
