package dev.wellhead.server.release;

import java.util.concurrent.atomic.AtomicInteger;

/// Whether another index still answers: after so many failures in a row an import ends, rather than
/// leave out file after file of an index that is down.
final class Reach {
  private static final int PATIENCE = 5;

  private final AtomicInteger failures = new AtomicInteger();

  void answered() {
    failures.set(0);
  }

  void failed() {
    failures.incrementAndGet();
  }

  boolean isLost() {
    return failures.get() >= PATIENCE;
  }

  /// Names the option of an import where a sentence names the setting of a server.
  static String inWords(String why) {
    return why.replace("--upstream-files", "--files")
        .replace(" (setting `upstream.files`)", "")
        .replace(" (settings `upstream.index` and `upstream.files`)", "; see --files");
  }
}
