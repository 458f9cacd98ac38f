package dev.wellhead.server.web;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Light or dark: as the system has it, or as the reader chose.
enum Theme {
  AUTO,
  LIGHT,
  DARK;

  String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The value of the `data-theme` attribute, or null where there is to be none.
  @Nullable String attribute() {
    return this == AUTO ? null : code();
  }

  static Optional<Theme> of(String code) {
    return List.of(values()).stream().filter(theme -> theme.code().equals(code)).findFirst();
  }
}
