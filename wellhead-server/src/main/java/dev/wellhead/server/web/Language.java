package dev.wellhead.server.web;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A language that the pages speak.
enum Language {
  EN("en", "English"),
  ZH("zh", "中文");

  private static final int MOST_WISHES = 20;

  private final String tag;
  private final String ownName;

  Language(String tag, String ownName) {
    this.tag = tag;
    this.ownName = ownName;
  }

  /// The tag for `lang` attributes (BCP 47).
  String tag() {
    return tag.equals("zh") ? "zh-Hans" : tag;
  }

  /// The short name in file names, cookies and addresses.
  String code() {
    return tag;
  }

  /// What its speakers call it.
  String ownName() {
    return ownName;
  }

  static Optional<Language> of(String code) {
    return List.of(values()).stream().filter(language -> language.tag.equals(code)).findFirst();
  }

  /// The language that `Accept-Language` ranks first among those spoken here (RFC 9110 section
  /// 12.5.4); English where it names none.
  static Language wished(List<String> headers) {
    Language best = EN;
    double bestWeight = 0;
    int left = MOST_WISHES;
    for (String header : headers) {
      for (String wish : header.split(",", MOST_WISHES + 1)) {
        if (left-- == 0) {
          return best;
        }
        String range = wish.strip().toLowerCase(Locale.ROOT);
        double weight = Weights.of(range);
        String primary = range.split("[-;\\s]", 2)[0];
        Optional<Language> spoken = of(primary);
        if (spoken.isPresent() && weight > bestWeight) {
          best = spoken.get();
          bestWeight = weight;
        }
      }
    }
    return best;
  }
}
