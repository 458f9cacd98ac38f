package dev.wellhead.testkit.boot;

import dev.wellhead.testkit.FakeIndex;
import dev.wellhead.testkit.Feature;
import dev.wellhead.testkit.MadeFile;
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
/// FakeIndexMain [--wheels DIR...] [--page PROJECT=FILE...] [--samples] [--port N] [--poor|--html]
/// ```
///
/// `--samples` adds a few small projects made on the spot, one of them with a yanked release.
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
    boolean samples = false;
    while (!left.isEmpty()) {
      String option = left.pop();
      switch (option) {
        case "--wheels" -> takeValues(left).forEach(folder -> folders.add(Path.of(folder)));
        case "--page" -> pages.addAll(takeValues(left));
        case "--port" -> port = Integer.parseInt(left.pop());
        case "--samples" -> samples = true;
        case "--poor" -> features = Feature.POOR;
        case "--html" -> features = Feature.HTML_ONLY;
        default -> throw new IllegalArgumentException("unknown option " + option);
      }
    }
    try (FakeIndex index = FakeIndex.start(features, port)) {
      folders.forEach(index::wheels);
      if (samples) {
        addSamples(index);
      }
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

  private static void addSamples(FakeIndex index) {
    for (String version : List.of("1.0", "1.1", "2.0")) {
      String library = "spring_water-" + version + "-py3-none-any.whl";
      String program = "bucket-" + version + "-py3-none-any.whl";
      index.file(library, MadeFile.wheel(library));
      index.file(program, MadeFile.wheel(program, "Requires-Dist: spring-water>=1.1"));
      String source = "bucket-" + version + ".tar.gz";
      index.file(source, MadeFile.sdist(source));
    }
    index.yank("bucket-1.1-py3-none-any.whl", "leaks");
  }

  private static List<String> takeValues(Deque<String> left) {
    List<String> values = new ArrayList<>();
    while (!left.isEmpty() && !left.peek().startsWith("--")) {
      values.add(left.pop());
    }
    return values;
  }
}
