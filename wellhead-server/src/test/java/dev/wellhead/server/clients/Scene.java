package dev.wellhead.server.clients;

import dev.wellhead.testkit.FakeIndex;
import java.net.URI;
import java.nio.file.Path;

/// An upstream, a house in front of it and a bench with clients that point at the house.
record Scene(FakeIndex upstream, RunningHouse house, Bench bench) implements AutoCloseable {

  static Scene over(FakeIndex upstream, Path folder) {
    RunningHouse house = RunningHouse.start(upstream, folder.resolve("house"));
    return new Scene(upstream, house, new Bench(folder.resolve("bench"), house.url()));
  }

  /// Where files come from, as clients see it: the house itself, which never leads past itself.
  URI filesOrigin() {
    return RunningHouse.IS_BUILT ? house.url().resolve("/") : upstream.filesUrl();
  }

  @Override
  public void close() {
    house.close();
    upstream.close();
  }
}
