package dev.wellhead.server.boot;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/// A server's life, from its settings to the signal that ends it.
final class Serving {
  private Serving() {}

  /// Returns only by an exception: the process ends with the signal that stops it.
  ///
  /// @param flags values of the command line, as `SettingsLoader` takes them
  /// @throws RefusedException where the server cannot start
  static void run(Map<String, String> flags, Map<String, String> environment, PrintWriter out)
      throws RefusedException, IOException, InterruptedException {
    Settings settings = SettingsLoader.load(flags, environment, Path.of("").toAbsolutePath());
    LogLines.use(settings.log());
    try (DataFolder folder = DataFolder.own(settings.data())) {
      Ground.prepare(folder);
      try (House house = House.open(settings, folder)) {
        out.print(Banner.text(Versions.current(), settings, house.url()));
        out.flush();
        awaitStop(house);
      }
    }
  }

  /// Waits until the process is told to end, and closes the house before it does: the JVM ends when
  /// the hook returns, whatever this thread still has to do.
  private static void awaitStop(House house) throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(house::close));
    never.await();
  }
}
