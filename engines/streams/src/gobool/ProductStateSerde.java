package gobool;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * A product's state as bytes: version, last id, watermark, open seconds, growing bars. About 50 bytes a bar. A later
 * version must read this one; an unknown one stops the app, since guessing would spoil candles.
 */
final class ProductStateSerde implements Serde<ProductState> {
  private static final byte VERSION = 1;
  private static final Interval[] INTERVALS = Interval.values();

  @Override
  public Serializer<ProductState> serializer() {
    return (topic, state) -> state == null ? null : encode(state);
  }

  @Override
  public Deserializer<ProductState> deserializer() {
    return (topic, bytes) -> bytes == null ? null : decode(bytes);
  }

  private static byte[] encode(ProductState state) {
    var bytes = new ByteArrayOutputStream(256);
    try (var out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeLong(state.lastId);
      out.writeLong(state.closedUntilMs);
      out.writeShort(state.seconds.size());
      for (var bar : state.seconds.values()) writeBar(out, bar);
      out.writeByte(state.coarser.size());
      for (var growing : state.coarser.entrySet()) {
        out.writeByte(growing.getKey().ordinal());
        writeBar(out, growing.getValue());
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  private static ProductState decode(byte[] bytes) {
    var in = ByteBuffer.wrap(bytes);
    var version = in.get();
    if (version != VERSION) throw new IllegalStateException("state of version " + version + " is unknown");
    var state = new ProductState();
    state.lastId = in.getLong();
    state.closedUntilMs = in.getLong();
    for (var left = in.getShort(); left > 0; left--) {
      var bar = readBar(in);
      state.seconds.put(bar.openMs(), bar);
    }
    for (var left = in.get(); left > 0; left--) state.coarser.put(INTERVALS[in.get()], readBar(in));
    return state;
  }

  private static void writeBar(DataOutputStream out, Bar bar) throws IOException {
    out.writeLong(bar.openMs());
    writeDecimal(out, bar.open());
    writeDecimal(out, bar.high());
    writeDecimal(out, bar.low());
    writeDecimal(out, bar.close());
    writeDecimal(out, bar.volume());
    out.writeLong(bar.trades());
  }

  private static Bar readBar(ByteBuffer in) {
    return new Bar(
        in.getLong(),
        readDecimal(in),
        readDecimal(in),
        readDecimal(in),
        readDecimal(in),
        readDecimal(in),
        in.getLong());
  }

  private static void writeDecimal(DataOutputStream out, BigDecimal decimal) throws IOException {
    var digits = decimal.unscaledValue().toByteArray();
    out.writeByte(decimal.scale());
    out.writeByte(digits.length);
    out.write(digits);
  }

  private static BigDecimal readDecimal(ByteBuffer in) {
    var scale = in.get();
    var digits = new byte[in.get()];
    in.get(digits);
    return new BigDecimal(new BigInteger(digits), scale);
  }
}
