package dev.wellhead.server.boot;

import dev.wellhead.server.http.HttpRefusedException;
import dev.wellhead.server.http.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A server's life, from its settings to the signal that ends it.
final class Serving {
  private static final Logger LOG = LoggerFactory.getLogger(Serving.class);

  private Serving() {}

  /// Returns only by an exception: the process ends with the signal that stops it.
  ///
  /// @param flags values of the command line, as `SettingsLoader` takes them
  /// @throws RefusedException where the server cannot start
  static void run(Map<String, String> flags, Map<String, String> environment, PrintWriter out)
      throws RefusedException, IOException, InterruptedException {
    Settings settings = SettingsLoader.load(flags, environment, Path.of("").toAbsolutePath());
    LogLines.use(settings.log());
    boolean isNew = !Files.exists(settings.data());
    if (isNew) { // a start that fails leaves nothing behind
      probe(settings);
    }
    try (DataFolder folder = DataFolder.own(settings.data())) {
      Ground.prepare(folder);
      if (!isNew) {
        probe(settings);
      }
      try (House house = House.open(settings, folder)) {
        greet(settings, house, out);
        awaitStop(house);
      }
    }
  }

  /// Whether the address is free, before databases are made. The server itself binds it last.
  private static void probe(Settings settings) throws RefusedException {
    try {
      HttpServer.probe(settings.server().host(), settings.server().port());
    } catch (HttpRefusedException e) {
      throw new RefusedException(String.valueOf(e.getMessage()), e);
    }
  }

  /// For people a text; for machines what it says of this server, as a log line like all others.
  private static void greet(Settings settings, House house, PrintWriter out) {
    switch (settings.log().format()) {
      case PLAIN -> {
        out.print(Banner.text(Versions.current(), settings, house.url()));
        out.flush();
      }
      case JSON -> LOG.info("{}", Banner.line(Versions.current(), settings, house.url()));
    }
  }

  /// Waits until the process is told to end, and closes the house before it does: the JVM ends when
  /// the hook returns, whatever this thread still has to do.
  private static void awaitStop(House house) throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> stop(house)));
    never.await();
  }

  private static void stop(House house) {
    LOG.info("stopping: downloads in flight may end");
    LogLines.quietLibraries();
    house.close();
    LOG.info("stopped");
  }
}
