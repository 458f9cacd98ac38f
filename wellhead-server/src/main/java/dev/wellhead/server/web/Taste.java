package dev.wellhead.server.web;

import dev.wellhead.server.http.Request;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// How a reader wants pages: chosen by the address (`?lang=`, `?theme=`), else by the cookies that
/// an earlier choice left, else by what the browser says.
///
/// @param cookies to be set, so that what the address chose lasts
record Taste(Language language, Theme theme, List<String> cookies) {
  Taste {
    cookies = List.copyOf(cookies);
  }

  private static final String LANGUAGE = "wellhead-lang";
  private static final String THEME = "wellhead-theme";
  private static final String LASTING = "; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly";

  static Taste of(Request request) {
    Optional<Language> language = request.query("lang").flatMap(Language::of);
    Optional<Theme> theme = request.query("theme").flatMap(Theme::of);
    return new Taste(
        language
            .or(() -> cookie(request, LANGUAGE).flatMap(Language::of))
            .orElseGet(() -> Language.wished(request.headers("Accept-Language"))),
        theme.or(() -> cookie(request, THEME).flatMap(Theme::of)).orElse(Theme.AUTO),
        Stream.concat(
                language.map(chosen -> LANGUAGE + "=" + chosen.code() + LASTING).stream(),
                theme.map(chosen -> THEME + "=" + chosen.code() + LASTING).stream())
            .toList());
  }

  /// The first cookie of this name (RFC 6265 section 4.2.1).
  static Optional<String> cookie(Request request, String name) {
    for (String header : request.headers("Cookie")) {
      for (String pair : header.split(";", 50)) {
        String stripped = pair.strip();
        if (stripped.startsWith(name + "=")) {
          return Optional.of(stripped.substring(name.length() + 1));
        }
      }
    }
    return Optional.empty();
  }
}
