package dev.wellhead.server.boot;

import java.io.PrintWriter;
import org.slf4j.LoggerFactory;

/// What the terminal shows of an exception that reached the program's edge: a sentence, never a
/// stack trace.
final class Faults {
  /// Exit code: not done, for a reason outside of the command line.
  static final int REFUSED = 1;

  /// Exit code: the command line is wrong.
  static final int MISUSE = 2;

  private Faults() {}

  /// Writes the sentence and answers the exit code.
  static int tell(Exception e, PrintWriter err) {
    if (e instanceof RefusedException) {
      err.println(e.getMessage());
    } else {
      LoggerFactory.getLogger(Main.class).debug("the program failed", e);
      err.println(
          "Wellhead failed in a way nobody foresaw (%s). With WELLHEAD_LOG_LEVEL=debug it says where."
              .formatted(e));
    }
    err.flush();
    return e instanceof MisuseException ? MISUSE : REFUSED;
  }
}
