package dev.wellhead.core.pypi;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.Serial;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;

/// The text of an HTML page on its way to the parser, within limits that the parser has not:
/// length, and how much markup may come without an element being complete, since a parser has to
/// hold that.
///
/// What is no text in its charset becomes U+FFFD. A NUL is refused: it comes from another charset
/// than the one that was announced, or from somebody who tries things.
final class Markup extends Reader {
  /// Tags, comments and the like. Real pages complete an element with every third.
  private static final int MOST_UNFINISHED = 4_000;

  private final Reader text;
  private int unfinished;

  Markup(InputStream in, Charset charset, PageLimits limits) {
    this.text =
        new InputStreamReader(
            new BoundedInput(in, limits.maxBytes()),
            charset
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE));
  }

  /// Tells that an element is complete.
  void elementCompleted() {
    unfinished = 0;
  }

  @Override
  public int read(char[] buffer, int offset, int length) throws IOException {
    int read = text.read(buffer, offset, length);
    for (int i = offset; i < offset + read; i++) {
      if (buffer[i] == '<') {
        unfinished++;
      } else if (buffer[i] == 0) {
        throw new UnusableException(
            "The page has a NUL character: its text is not in the charset that it is said to be in.");
      }
    }
    if (unfinished > MOST_UNFINISHED) {
      throw new UnusableException(
          "The page passes a limit: it has over " + MOST_UNFINISHED + " tags that end no element.");
    }
    return read;
  }

  /// Leaves the stream open; it belongs to the caller.
  @Override
  public void close() {}

  /// The message is what is said of the page.
  static final class UnusableException extends IOException {
    @Serial private static final long serialVersionUID = 1L;

    UnusableException(String message) {
      super(message);
    }
  }
}
