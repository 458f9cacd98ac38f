package dev.wellhead.bench.catalog;

import java.util.List;
import java.util.SplittableRandom;

/// Project names like those of the public index: one to three words or made-up ones, about fourteen
/// letters long, many beginning alike.
final class InventedNames {
  private static final List<String> WORDS =
      List.of(
          "django", "flask", "py", "python", "data", "async", "aws", "google", "azure", "test",
          "tools", "utils", "client", "api", "cli", "core", "lib", "auth", "web", "http", "json",
          "sql", "graph", "torch", "llm", "ai", "ml", "bot", "odoo", "plone", "pytest", "sphinx",
          "types", "simple", "fast", "easy", "micro", "open", "cloud", "stream", "image", "text",
          "geo", "bio", "chem", "math", "stat", "plot", "log", "config", "cache", "queue");
  private static final List<String> SYLLABLES =
      List.of(
          "ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "qui", "ro",
          "sta", "tre", "va", "wi", "xo", "zen");

  private final SplittableRandom random;

  InventedNames(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /// The next name, in its normalized form; it may have come before.
  String next() {
    StringBuilder name = new StringBuilder();
    int words = 1 + random.nextInt(3);
    for (int i = 0; i < words; i++) {
      if (i > 0 && random.nextInt(4) > 0) {
        name.append('-');
      }
      name.append(random.nextInt(3) == 0 ? any(WORDS) : invented());
    }
    if (random.nextInt(6) == 0) {
      name.append(random.nextInt(100));
    }
    return name.toString();
  }

  private String invented() {
    StringBuilder word = new StringBuilder();
    for (int i = 1 + random.nextInt(3); i >= 0; i--) {
      word.append(any(SYLLABLES));
    }
    return word.toString();
  }

  private String any(List<String> words) {
    return words.get(random.nextInt(words.size()));
  }
}
