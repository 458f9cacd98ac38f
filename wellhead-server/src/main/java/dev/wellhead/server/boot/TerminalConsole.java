package dev.wellhead.server.boot;

import java.io.Console;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;

/// The terminal, or the pipe, that a verb was called from.
final class TerminalConsole implements AdminConsole {
  private static final int WIDTH = 100;
  private static final long EVERY_NANOS = 10_000_000_000L;
  private static final String ERASE = "\r\u001b[K";

  private final PrintWriter out;
  private final PrintWriter err;
  private final Path directory;
  private final boolean person;
  private volatile boolean cancelled;
  // Both are guarded by this.
  private boolean progressShown;
  private long progressWritten = System.nanoTime();

  TerminalConsole(PrintWriter out, PrintWriter err, Path directory) {
    this.out = out;
    this.err = err;
    this.directory = directory;
    this.person = Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
  }

  @Override
  public synchronized void out(String line) {
    erase();
    out.println(AdminConsole.plain(line));
    out.flush();
  }

  @Override
  public synchronized void err(String line) {
    erase();
    err.println(AdminConsole.plain(line));
    err.flush();
  }

  @Override
  public synchronized void progress(String line) {
    if (person) {
      String plain = AdminConsole.plain(line);
      err.print(ERASE + plain.substring(0, Math.min(WIDTH, plain.length())));
      err.flush();
      progressShown = true;
    } else if (System.nanoTime() - progressWritten >= EVERY_NANOS) {
      progressWritten = System.nanoTime();
      err.println(AdminConsole.plain(line));
      err.flush();
    }
  }

  @Override
  public boolean cancelled() {
    return cancelled;
  }

  @Override
  public Path directory() {
    return directory;
  }

  void cancel() {
    cancelled = true;
  }

  /// Leaves the terminal as a next program expects it.
  synchronized void end() {
    erase();
  }

  private void erase() {
    if (progressShown) {
      err.print(ERASE);
      err.flush();
      progressShown = false;
    }
  }
}
