package dev.wellhead.server.boot;

import java.nio.file.Path;

/// What a verb says to the person who called it, and what it hears of them.
///
/// Each call is one line; control characters of what is said become `?`, since names from outside
/// must not steer a terminal. May be used from several threads.
interface AdminConsole {
  /// A line of the result.
  void out(String line);

  /// A line about what is wrong, or to be known beside the result.
  void err(String line);

  /// How far the work is. A person at a terminal sees the newest such line; elsewhere one is
  /// written every ten seconds.
  void progress(String line);

  /// Whether whoever called is gone, or the server stops: the verb should leave things in order and
  /// end.
  boolean cancelled();

  /// Where the verb was called, absolute: what relative paths of its command line are relative to.
  Path directory();

  /// Ends the work where nobody waits for it any more.
  ///
  /// @throws RefusedException where [#cancelled]
  default void stopIfCancelled() throws RefusedException {
    if (cancelled()) {
      throw new RefusedException("Stopped before the end.");
    }
  }

  /// `text` as one line that no terminal takes for anything else.
  static String plain(String text) {
    StringBuilder line = new StringBuilder(text.length());
    text.codePoints()
        .map(c ->
            switch (Character.getType(c)) {
              case Character.CONTROL,
                  Character.FORMAT,
                  Character.LINE_SEPARATOR,
                  Character.PARAGRAPH_SEPARATOR,
                  Character.SURROGATE ->
                  '?';
              default -> c;
            })
        .forEach(line::appendCodePoint);
    return line.toString();
  }
}
