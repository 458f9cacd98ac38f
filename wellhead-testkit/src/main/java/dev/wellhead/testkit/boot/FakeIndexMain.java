package dev.wellhead.testkit.boot;

import dev.wellhead.testkit.FakeIndex;
import dev.wellhead.testkit.Feature;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/// Serves folders of wheels and recorded pages as an upstream index, until it is ended:
///
/// ```
/// FakeIndexMain --wheels DIR... [--page PROJECT=FILE...] [--port N] [--poor]
/// ```
///
/// Pages are on the port, files on the one after it. Prints both URLs, one a line, once it listens.
public final class FakeIndexMain {
  private FakeIndexMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    Deque<String> left = new ArrayDeque<>(List.of(arguments));
    List<Path> folders = new ArrayList<>();
    List<String> pages = new ArrayList<>();
    Set<Feature> features = Feature.PYPI;
    int port = 0;
    while (!left.isEmpty()) {
      String option = left.pop();
      switch (option) {
        case "--wheels" -> takeValues(left).forEach(folder -> folders.add(Path.of(folder)));
        case "--page" -> pages.addAll(takeValues(left));
        case "--port" -> port = Integer.parseInt(left.pop());
        case "--poor" -> features = Feature.POOR;
        default -> throw new IllegalArgumentException("unknown option " + option);
      }
    }
    try (FakeIndex index = FakeIndex.start(features, port)) {
      folders.forEach(index::wheels);
      for (String page : pages) {
        int equals = page.indexOf('=');
        index.recorded(page.substring(0, equals), Path.of(page.substring(equals + 1)));
      }
      System.out.println("index " + index.url());
      System.out.println("files " + index.filesUrl());
      System.out.flush();
      new CountDownLatch(1).await();
    }
  }

  private static List<String> takeValues(Deque<String> left) {
    List<String> values = new ArrayList<>();
    while (!left.isEmpty() && !left.peek().startsWith("--")) {
      values.add(left.pop());
    }
    return values;
  }
}
