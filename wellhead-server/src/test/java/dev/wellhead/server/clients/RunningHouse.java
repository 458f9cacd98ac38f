package dev.wellhead.server.clients;

import dev.wellhead.server.boot.TestHouse;
import dev.wellhead.testkit.FakeIndex;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/// A server that clients install through, in front of an upstream.
interface RunningHouse extends AutoCloseable {
  /// Whether there is a house that adds anything to its upstream. While there is none, clients ask
  /// the upstream itself, and what needs a house is skipped.
  boolean IS_BUILT = true;

  /// Starts one over the upstream, with its data in a folder that is empty or that of an earlier
  /// one, by the machine's clock.
  static RunningHouse start(FakeIndex upstream, Path data) {
    return start(upstream, data, InstantSource.system(), Map.of());
  }

  /// The same by another clock, and with what a transcript sets (`public-url`).
  static RunningHouse start(
      FakeIndex upstream, Path data, InstantSource clock, Map<String, String> settings) {
    try {
      Map<String, String> keys = new HashMap<>();
      String publicUrl = settings.get("public-url"); // the rest is about the upstream
      if (publicUrl != null) {
        keys.put("server.public_url", publicUrl);
      }
      return new Built(
          TestHouse.open(data, upstream, TestHouse.Choices.usual().at(clock).with(keys)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Where clients point: `http://127.0.0.1:PORT/simple/`.
  URI url();

  @Override
  void close();

  /// The real one.
  record Built(TestHouse house) implements RunningHouse {
    @Override
    public URI url() {
      return house.url().resolve("simple/");
    }

    @Override
    public void close() {
      try {
        house.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
