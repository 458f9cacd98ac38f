package dev.wellhead.server.feeds;

import dev.wellhead.core.pypi.ProjectName;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One question in OSV's form.
///
/// @param project null where the question is about nothing that can be here: a commit, another
///   ecosystem
/// @param version empty where all versions are meant
/// @param after the id behind which the answer goes on; empty for its beginning
record OsvQuery(@Nullable ProjectName project, String version, String after) {
  private static final String PURL = "pkg:pypi/";
  private static final int LONGEST = 300;

  /// What `json` asks; empty where it asks nothing.
  static Optional<OsvQuery> read(JsonNode json) {
    String version = text(json.path("version"));
    String after = text(json.path("page_token"));
    JsonNode asked = json.path("package");
    String purl = text(asked.path("purl"));
    if (!purl.isEmpty()) {
      return Optional.of(byPurl(purl, version, after));
    }
    String name = text(asked.path("name"));
    if (!name.isEmpty()) {
      boolean isOurs = text(asked.path("ecosystem")).equalsIgnoreCase("PyPI");
      ProjectName project = isOurs ? ProjectName.of(name).orElse(null) : null;
      return Optional.of(new OsvQuery(project, version, after));
    }
    return text(json.path("commit")).isEmpty()
        ? Optional.empty()
        : Optional.of(new OsvQuery(null, version, after));
  }

  /// `pkg:pypi/NAME@VERSION`, the version there or beside it (purl specification).
  private static OsvQuery byPurl(String purl, String beside, String after) {
    if (!purl.startsWith(PURL)) {
      return new OsvQuery(null, beside, after);
    }
    String rest = purl.substring(PURL.length()).replaceFirst("[?#].*", "");
    int at = rest.indexOf('@');
    String name = at < 0 ? rest : rest.substring(0, at);
    String version = at < 0 ? beside : decoded(rest.substring(at + 1));
    return new OsvQuery(ProjectName.of(name).orElse(null), version, after);
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text; // matches no version
    }
  }

  private static String text(JsonNode node) {
    String text = node.isString() ? node.stringValue() : "";
    return text.length() > LONGEST ? "" : text;
  }
}
