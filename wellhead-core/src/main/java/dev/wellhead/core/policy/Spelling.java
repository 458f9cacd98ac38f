package dev.wellhead.core.policy;

import java.util.Locale;

/// How names of constants are spelt in policies and sentences: `LAST_AFFECTED` is `last-affected`.
final class Spelling {
  private Spelling() {}

  static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
