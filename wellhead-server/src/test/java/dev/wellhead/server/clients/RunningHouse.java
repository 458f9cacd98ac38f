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

  /// The same by another clock, and with what a transcript sets.
  static RunningHouse start(
      FakeIndex upstream, Path data, InstantSource clock, Map<String, String> settings) {
    try {
      Map<String, String> keys = new HashMap<>();
      settings.forEach((name, value) -> {
        if (name.startsWith("view-")) {
          keys.put("view." + name.substring(5) + ".sources", value);
        } else if (name.startsWith("join-")) {
          int project = name.indexOf('-', 5);
          keys.put(
              "view." + name.substring(5, project) + ".join." + name.substring(project + 1), value);
        } else if (name.startsWith("source.")) {
          keys.put(name, value);
        }
      });
      // The rest is about the upstream.
      Map.of(
              "public-url", "server.public_url",
              "upstream-format", "upstream.format",
              "freeze", "view.default.freeze")
          .forEach((name, key) -> {
            if (settings.containsKey(name)) {
              keys.put(key, settings.get(name));
            }
          });
      if (settings.containsKey("freeze")) {
        keys.put("view.default.sources", "hosted,upstream");
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
