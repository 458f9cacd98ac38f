package dev.wellhead.server.http;

/// What a `Range` header asks of a file of known length (RFC 9110 section 14.1.2).
sealed interface ByteRange {
  /// Everything: no range, a malformed one, another unit, or several ranges.
  record Whole() implements ByteRange {}

  /// `length` bytes from offset `from` on; at least one.
  record Part(long from, long length) implements ByteRange {}

  /// Nothing that the file has.
  record Outside() implements ByteRange {}

  /// Reads a header such as `bytes=0-99`, `bytes=100-` or `bytes=-50`.
  static ByteRange parse(String header, long fileLength) {
    String text = header.strip();
    if (!text.regionMatches(true, 0, "bytes=", 0, 6)) {
      return new Whole();
    }
    String spec = text.substring(6).strip();
    int dash = spec.indexOf('-');
    if (spec.length() > 40 || !spec.matches("[0-9]*-[0-9]*") || spec.length() == 1) {
      return new Whole();
    }
    String first = spec.substring(0, dash);
    String last = spec.substring(dash + 1);
    if (first.isEmpty()) {
      long suffix = Math.min(number(last), fileLength);
      return suffix == 0 ? new Outside() : new Part(fileLength - suffix, suffix);
    }
    long from = number(first);
    long to = last.isEmpty() ? Long.MAX_VALUE : number(last);
    if (to < from) {
      return new Whole();
    }
    return from >= fileLength
        ? new Outside()
        : new Part(from, Math.min(to, fileLength - 1) - from + 1);
  }

  /// Numbers beyond 18 digits lie behind the end of every file.
  private static long number(String digits) {
    return digits.length() > 18 ? Long.MAX_VALUE : Long.parseLong(digits);
  }
}
