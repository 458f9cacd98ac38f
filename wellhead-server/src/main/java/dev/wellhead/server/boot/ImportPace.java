package dev.wellhead.server.boot;

import dev.wellhead.server.release.ImportProgress;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Puts how far an import is into one line, now and then: counts, rate and the time that is left.
final class ImportPace {
  private static final double SECOND = 1e9;

  private final LongSupplier ticker;
  private final long every;
  private final long begun;
  private long told;

  /// @param every how many nanoseconds lie between two lines at least
  ImportPace(LongSupplier ticker, long every) {
    this.ticker = ticker;
    this.every = every;
    this.begun = ticker.getAsLong();
    this.told = begun;
  }

  /// The line where it is time for one.
  Optional<String> line(ImportProgress progress) {
    long now = ticker.getAsLong();
    if (now - told < every) {
      return Optional.empty();
    }
    told = now;
    return Optional.of(line(progress, (now - begun) / SECOND));
  }

  static String line(ImportProgress progress, double seconds) {
    boolean byFile = progress.what().equals("files");
    long done = byFile ? progress.files() : progress.done();
    double fraction = Math.clamp(progress.fraction(), 0, 1);
    String left =
        fraction < 0.005 ? "" : ", " + time(seconds * (1 - fraction) / fraction) + " left";
    return String.format(
        Locale.ROOT,
        "%,d of %,d %s%s, %s, %s files/s, %s/s%s",
        done,
        progress.total(),
        progress.what(),
        byFile ? "" : String.format(Locale.ROOT, ", %,d files", progress.files()),
        bytes((double) progress.bytes()),
        rate(progress.files() / seconds),
        bytes(progress.bytes() / seconds),
        left);
  }

  /// In units of a thousand, as disks are sold.
  static String bytes(double bytes) {
    return bytes < 1e6
        ? String.format(Locale.ROOT, "%.0f kB", Math.ceil(bytes / 1e3))
        : bytes < 1e9
            ? String.format(Locale.ROOT, "%.1f MB", bytes / 1e6)
            : String.format(Locale.ROOT, "%.2f GB", bytes / 1e9);
  }

  private static String rate(double perSecond) {
    return String.format(Locale.ROOT, perSecond < 10 ? "%.1f" : "%,.0f", perSecond);
  }

  private static String time(double seconds) {
    long whole = Math.round(seconds);
    return whole < 120
        ? whole + " s"
        : whole < 7200 ? whole / 60 + " min" : whole / 3600 + " h " + whole % 3600 / 60 + " min";
  }
}
