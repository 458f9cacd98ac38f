package dev.wellhead.core.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;

/// What every sentence holds that says why a stranger's text is not taken: it is short, ends as a
/// sentence does, and steers no terminal.
public final class Sentences {
  private static final int LONGEST = 600;

  private Sentences() {}

  /// Fails where `given` is no such sentence.
  public static void assertSentence(@Nullable String given) {
    String said = String.valueOf(given);
    assertThat(said).hasSizeBetween(10, LONGEST).endsWith(".");
    assertThat(said.codePoints().filter(c -> Character.isISOControl(c) || isFormat(c)))
        .as("what steers a terminal in: %s", said)
        .isEmpty();
  }

  private static boolean isFormat(int c) {
    int type = Character.getType(c);
    return type == Character.FORMAT
        || type == Character.SURROGATE
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }
}
