package dev.wellhead.server.web;

import dev.wellhead.core.pypi.MetadataDocument;
import dev.wellhead.core.pypi.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What METADATA says of a release. All of it is its publisher's text.
///
/// @param needs what it requires
/// @param descriptionHtml safe to put into a page as it is; empty where there is none
public record About(
    @Nullable String summary,
    @Nullable String licence,
    @Nullable String author,
    @Nullable String requiresPython,
    List<Link> links,
    List<Need> needs,
    String descriptionHtml) {
  private static final int MOST_LINKS = 20;
  private static final int MOST_NEEDS = 500;
  private static final int LONGEST = 300;

  /// A link of the publisher's, to http or https.
  public record Link(String label, String url) {}

  /// A requirement.
  ///
  /// @param project whose page tells more; null where the requirement cannot be read
  public record Need(String text, @Nullable String project) {}

  public About {
    links = List.copyOf(links);
    needs = List.copyOf(needs);
  }

  static About of(MetadataDocument document) {
    return new About(
        shortened(document.summary().orElse(null)),
        shortened(
            document
                .first("License-Expression")
                .or(() -> document.first("License"))
                .map(text -> text.lines().findFirst().orElse(""))
                .orElse(null)),
        shortened(document.first("Author").or(() -> document.first("Author-Email")).orElse(null)),
        shortened(document.requiresPython().orElse(null)),
        links(document),
        document.requiresDist().stream().limit(MOST_NEEDS).map(About::need).toList(),
        document
            .description()
            .map(text ->
                Description.html(text, document.first("Description-Content-Type").orElse("")))
            .orElse(""));
  }

  private static Need need(String text) {
    return new Need(
        String.valueOf(shortened(text)),
        Requirement.parse(text)
            .toOptional()
            .map(requirement -> requirement.project().normalized())
            .orElse(null));
  }

  private static List<Link> links(MetadataDocument document) {
    List<Link> links = new ArrayList<>();
    document.first("Home-Page").ifPresent(url -> add(links, "Homepage", url));
    for (String line : document.all("Project-URL")) {
      int comma = line.indexOf(',');
      if (comma > 0) {
        add(links, line.substring(0, comma), line.substring(comma + 1).strip());
      }
    }
    return links;
  }

  private static void add(List<Link> links, String label, String url) {
    String lower = url.toLowerCase(Locale.ROOT);
    boolean web = lower.startsWith("https://") || lower.startsWith("http://");
    if (web && links.size() < MOST_LINKS && url.length() <= LONGEST) {
      links.add(new Link(String.valueOf(shortened(label)), url));
    }
  }

  private static @Nullable String shortened(@Nullable String text) {
    if (text == null || text.isBlank() || text.equals("UNKNOWN")) {
      return null;
    }
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }
}
