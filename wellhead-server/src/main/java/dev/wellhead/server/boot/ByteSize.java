package dev.wellhead.server.boot;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A number of bytes, written `512kB`, `64MB`, `2GB` (powers of 1000) or `64MiB` (powers of 1024).
record ByteSize(long bytes) {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,12}) ?(B|kB|KB|MB|GB|KiB|MiB|GiB)");

  ByteSize {
    if (bytes < 0) {
      throw new IllegalArgumentException("a size is never negative: " + bytes);
    }
  }

  /// The size that `text` names, or empty where it names none or more than fits.
  static Optional<ByteSize> parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    long number = Long.parseLong(form.group(1));
    long unit = unit(form.group(2).toLowerCase(Locale.ROOT));
    return number > Long.MAX_VALUE / unit
        ? Optional.empty()
        : Optional.of(new ByteSize(number * unit));
  }

  private static long unit(String name) {
    return switch (name) {
      case "kb" -> 1_000L;
      case "mb" -> 1_000_000L;
      case "gb" -> 1_000_000_000L;
      case "kib" -> 1L << 10;
      case "mib" -> 1L << 20;
      case "gib" -> 1L << 30;
      default -> 1L;
    };
  }
}
