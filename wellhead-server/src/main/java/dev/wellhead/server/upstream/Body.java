package dev.wellhead.server.upstream;

import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The body of an answer, within limits of time that count only while somebody waits for bytes; so
/// a slow reader is never taken for a slow host.
final class Body extends InputStream {
  private final String name;
  private final long announced;
  private final Arrival arrival;
  private final Limits limits;
  private final LongSupplier ticker;
  private final Ending ending;
  private long waited;
  private long count;
  private @Nullable NoAnswerException broken;
  private boolean over;

  /// @param announced bytes, -1 where nothing was said
  Body(
      String name,
      long announced,
      Arrival arrival,
      Limits limits,
      LongSupplier ticker,
      Ending ending) {
    this.name = name;
    this.announced = announced;
    this.arrival = arrival;
    this.limits = limits;
    this.ticker = ticker;
    this.ending = ending;
  }

  /// @param slowest bytes a second on average, once `idle` is over; 0 for any
  record Limits(Duration idle, Duration total, long slowest) {}

  /// Told once how it ended.
  interface Ending {
    void ended(@Nullable NoAnswerException broken);
  }

  /// -1 where nothing was said.
  long announced() {
    return announced;
  }

  @Override
  public int read() throws NoAnswerException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws NoAnswerException {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (broken != null) {
      throw broken;
    }
    if (over) {
      return -1;
    }
    if (length == 0) {
      return 0;
    }
    int read = readInTime(into, offset, length);
    if (read < 0) {
      end(null);
      return -1;
    }
    count += read;
    return read;
  }

  /// Whether nothing more will come: it was read to its end, broke, or was closed.
  boolean isOver() {
    return over;
  }

  /// The next bytes, fewer than `most` only at the end.
  byte[] next(int most) throws NoAnswerException {
    byte[] bytes = new byte[most];
    int length = 0;
    while (length < most) {
      int read = read(bytes, length, most - length);
      if (read < 0) {
        return Arrays.copyOf(bytes, length);
      }
      length += read;
    }
    return bytes;
  }

  /// Ends the transfer, if it is not over.
  @Override
  public void close() {
    end(null);
  }

  private int readInTime(byte[] into, int offset, int length) throws NoAnswerException {
    Duration left = limits.total.minusNanos(waited);
    Duration limit = left.compareTo(limits.idle) < 0 ? left : limits.idle;
    long before = ticker.getAsLong();
    int read;
    try {
      read = arrival.read(into, offset, length, limit);
    } catch (Arrival.FailedException e) {
      String of = announced < 0 ? "" : " of " + announced;
      throw broken(
          name + " broke off after " + count + of + " bytes: " + Failures.words(e.getCause()));
    } catch (InterruptedIOException e) {
      close(); // the host is not to blame
      throw new NoAnswerException(name + " was given up from our side.");
    }
    waited += ticker.getAsLong() - before;
    if (read == 0) {
      boolean stalled = limit.equals(limits.idle);
      throw broken(
          stalled
              ? name + " stalled after " + count + " bytes: nothing came for " + Words.time(limit)
              : name + " was not complete within " + Words.time(limits.total));
    }
    if (read > 0 && isTooSlow(read)) {
      throw broken(
          name
              + " crawls: "
              + (count + read)
              + " bytes in "
              + waited / 1_000_000
              + " ms, less than "
              + limits.slowest
              + " bytes a second");
    }
    return read;
  }

  private boolean isTooSlow(int read) {
    return waited > limits.idle.toNanos()
        && (count + read) * 1e9 < (double) limits.slowest * waited;
  }

  private NoAnswerException broken(String sentence) {
    NoAnswerException exception = new NoAnswerException(sentence + ".");
    broken = exception;
    end(exception);
    return exception;
  }

  private void end(@Nullable NoAnswerException how) {
    if (!over) {
      over = true;
      arrival.close();
      ending.ended(how);
    }
  }
}
