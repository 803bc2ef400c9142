package gobool;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The texts and integers of one JSON object, checked as they are asked for. Fields that nobody asks for are ignored, so
 * that a writer may add some. Every limit guards the state: nothing is let in that would grow without end or close bars
 * of the future.
 */
final class Fields {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int BYTES_MAX = 65_536;
  private static final int DECIMAL_LENGTH_MAX = 40;
  private static final int PRODUCT_LENGTH_MAX = 100;
  /** 2100-01-01: beyond it lie times in microseconds and nanoseconds. */
  private static final long TIME_MAX_MS = 4_102_444_800_000L;

  private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?");
  private static final Pattern PRODUCT =
      Pattern.compile("[a-z][a-z0-9-]*\\.[A-Za-z0-9][A-Za-z0-9._-]*\\.[a-z][a-z0-9-]*");

  private final Map<String, Object> values = new HashMap<>();

  static Fields of(byte[] json) throws Refused {
    if (json == null) throw new Refused("no value");
    if (json.length > BYTES_MAX) throw new Refused("larger than " + BYTES_MAX + " bytes");
    try (var parser = JSON.createParser(json)) {
      return new Fields(parser);
    } catch (IOException problem) {
      throw new Refused("not JSON");
    }
  }

  private Fields(JsonParser parser) throws IOException, Refused {
    if (parser.nextToken() != JsonToken.START_OBJECT) throw new Refused("not a JSON object");
    for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      switch (parser.nextToken()) {
        case VALUE_STRING -> values.put(name, parser.getText());
        case VALUE_NUMBER_INT -> values.put(name, parser.getLongValue());
        default -> parser.skipChildren();
      }
    }
    if (parser.nextToken() != null) throw new Refused("more than one JSON value");
  }

  String text(String name) throws Refused {
    if (values.get(name) instanceof String text) return text;
    throw new Refused(name + " is not a text");
  }

  long integer(String name) throws Refused {
    if (values.get(name) instanceof Long number) return number;
    throw new Refused(name + " is not an integer");
  }

  String product() throws Refused {
    var product = text("product");
    var isProduct = product.length() <= PRODUCT_LENGTH_MAX && PRODUCT.matcher(product).matches();
    if (!isProduct) throw new Refused("product is not market.symbol.locale");
    return product;
  }

  long id(String name) throws Refused {
    var id = integer(name);
    if (id < 0) throw new Refused(name + " is negative");
    return id;
  }

  long time(String name) throws Refused {
    var time = integer(name);
    if (time < 0 || time > TIME_MAX_MS) throw new Refused(name + " is not in epoch milliseconds");
    return time;
  }

  /** No exponent: a few characters could ask for gigabytes of digits. */
  BigDecimal decimal(String name) throws Refused {
    var text = text(name);
    var isDecimal = text.length() <= DECIMAL_LENGTH_MAX && DECIMAL.matcher(text).matches();
    if (!isDecimal) throw new Refused(name + " is not a decimal number");
    return new BigDecimal(text);
  }
}
