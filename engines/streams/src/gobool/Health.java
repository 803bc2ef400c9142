package gobool;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.Supplier;

/** `GET /health`: 200 when the app does its work, else 503, both with the state as JSON. */
final class Health {
  private volatile Supplier<Status> status = Status::waitingForKafka;

  static Health open(InetSocketAddress address) throws IOException {
    var health = new Health();
    var server = HttpServer.create(address, 0);
    server.createContext("/health", health::answer);
    server.start();
    return health;
  }

  void show(Supplier<Status> status) {
    this.status = status;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var current = status.get();
      var body = current.json().getBytes(UTF_8);
      exchange.getResponseHeaders().set("content-type", "application/json");
      exchange.sendResponseHeaders(current.isHealthy() ? 200 : 503, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
