package dev.wellhead.server.web;

import dev.wellhead.server.catalog.Reservation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is reserved, and a form to reserve more.
///
/// @param refused what was typed and could not be taken, or null
public record ReservedPage(Shell shell, List<Reservation> all, @Nullable Refused refused) {
  public ReservedPage {
    all = List.copyOf(all);
  }

  /// What was typed.
  ///
  /// @param key of the text that says what is wrong
  public record Refused(String key, String pattern, String reason) {}

  public Words words() {
    return shell.words();
  }

  /// To go on typing from.
  public String pattern() {
    return refused == null ? "" : refused.pattern();
  }

  /// The same.
  public String reason() {
    return refused == null ? "" : refused.reason();
  }
}
