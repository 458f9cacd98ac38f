package dev.wellhead.server.web;

import dev.wellhead.server.http.Problem;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A problem as a page.
public record Trouble(Shell shell, Problem problem) {
  /// The problem in a few words of the reader's language, as its status alone tells.
  public String title() {
    String key = "problem." + problem.status();
    Words words = shell.words();
    return words.say(
        words.knows(key) ? key : problem.status() < 500 ? "problem.4xx" : "problem.5xx");
  }

  /// What its status alone tells, in more words, for readers of another language than that of the
  /// sentence; else null.
  public @Nullable String hint() {
    Words words = shell.words();
    if (words.language() == Language.EN) {
      return null;
    }
    String key = "problem.hint." + problem.status();
    return words.say(
        words.knows(key) ? key : problem.status() < 500 ? "problem.hint.4xx" : "problem.hint.5xx");
  }

  /// The sentence, which ends like one.
  public String sentence() {
    String detail = problem.detail();
    String sentence = detail.isEmpty() ? problem.title() : detail;
    String capital = sentence.substring(0, 1).toUpperCase(Locale.ROOT);
    return capital + sentence.substring(1) + (sentence.matches("(?s).*[.!?…]") ? "" : ".");
  }
}
