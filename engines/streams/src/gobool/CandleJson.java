package gobool;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;

/** A candle as a record's value. Its `_id` says which one it is, so that storing it twice changes nothing. */
final class CandleJson {
  private static final JsonFactory JSON = new JsonFactory();

  private CandleJson() {}

  static byte[] of(String product, Interval interval, Bar bar) {
    var bytes = new ByteArrayOutputStream(256);
    try (var json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("_id", product + "|" + interval.label + "|" + bar.openMs());
      json.writeNumberField("v", 1);
      json.writeStringField("product", product);
      json.writeStringField("interval", interval.label);
      json.writeNumberField("time", bar.openMs());
      writeDecimal(json, "open", bar.open());
      writeDecimal(json, "high", bar.high());
      writeDecimal(json, "low", bar.low());
      writeDecimal(json, "close", bar.close());
      writeDecimal(json, "volume", bar.volume());
      json.writeNumberField("trades", bar.trades());
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  /** Equal numbers have equal texts: `27123.5`, however many zeros the exchange wrote. */
  private static void writeDecimal(JsonGenerator json, String name, BigDecimal value) throws IOException {
    json.writeStringField(name, value.stripTrailingZeros().toPlainString());
  }
}
