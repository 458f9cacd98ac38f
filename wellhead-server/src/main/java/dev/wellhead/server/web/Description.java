package dev.wellhead.server.web;

import java.util.Locale;

/// A project's description as markup that is safe to put into a page.
///
/// The text is a stranger's. Whatever form it has, what comes out are the few elements that
/// [Markdown] and [RestructuredText] write, every text in them escaped, every link to http, https
/// or mailto and nothing loaded from anywhere.
final class Description {
  private static final int LONGEST = 200_000;

  private Description() {}

  /// @param contentType as `Description-Content-Type` has it; without one it is reStructuredText
  ///   (core metadata specifications)
  static String html(String text, String contentType) {
    String bounded = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    String type = contentType.split("[;\\s]", 2)[0].toLowerCase(Locale.ROOT);
    return switch (type) {
      case "text/markdown" -> Markdown.html(bounded).orElseGet(() -> plain(bounded));
      case "text/x-rst", "" -> RestructuredText.html(bounded);
      default -> plain(bounded);
    };
  }

  /// The text as it is.
  static String plain(String text) {
    return "<pre class=\"text\">" + escaped(text) + "</pre>";
  }

  /// For element content and for attribute values in double quotes.
  static String escaped(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        case '\0' -> out.append('\ufffd');
        default -> out.append(c);
      }
    }
    return out.toString();
  }

  /// Whether a link may lead there: http and https with a host, and mailto.
  static boolean isHarmless(String url) {
    String lower = url.toLowerCase(Locale.ROOT);
    return (lower.startsWith("https://")
            || lower.startsWith("http://")
            || lower.startsWith("mailto:"))
        && url.chars().noneMatch(c -> c <= ' ' || c == '\\' || Character.isISOControl(c));
  }

  /// A link around markup that is safe already, or the markup alone where it may not lead there.
  static String link(String url, String markup) {
    return isHarmless(url)
        ? "<a href=\""
            + escaped(url)
            + "\" rel=\"nofollow noopener noreferrer ugc\">"
            + markup
            + "</a>"
        : markup;
  }
}
