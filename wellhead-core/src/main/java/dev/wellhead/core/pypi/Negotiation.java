package dev.wellhead.core.pypi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which form of a page a client wants (PEP 691, RFC 9110 section 12.5.1).
///
/// There is always an answer: a client that asks for nothing we have gets the HTML that every
/// installer since the first one reads, never a 406, as on the public index.
public final class Negotiation {
  // What pip and pdm, uv, and poetry send, word by word: most requests end here.
  private static final String PIP =
      "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html; q=0.1,"
          + " text/html; q=0.01";
  private static final String UV =
      "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2,"
          + " text/html;q=0.01";
  private static final String POETRY = "application/vnd.pypi.simple.v1+json, */*;q=0.1";

  private Negotiation() {}

  /// The form to answer in.
  ///
  /// `formatParameter` is the value of `?format=`, a full content type: it goes before the headers,
  /// and is passed over where it names none of our forms. The most specific range decides about a
  /// form; of equally wanted forms it is JSON before versioned HTML before plain HTML. What cannot
  /// be read in a header is passed over.
  public static PageForm choose(List<String> acceptHeaders, @Nullable String formatParameter) {
    if (formatParameter != null) {
      PageForm asked = named(formatParameter);
      if (asked != null) {
        return asked;
      }
    }
    if (acceptHeaders.size() == 1) {
      switch (acceptHeaders.getFirst()) {
        case PIP, UV, POETRY -> {
          return PageForm.JSON;
        }
        default -> {}
      }
    }
    Wishes wishes = new Wishes();
    for (String header : acceptHeaders) {
      wishes.read(header);
    }
    return wishes.best();
  }

  /// The form with this name. A `+` that was not encoded in a query arrives as a space.
  private static @Nullable PageForm named(String format) {
    String name = format.strip().replace(' ', '+');
    if (Wishes.isJson(name) || Wishes.isLatestJson(name)) {
      return PageForm.JSON;
    }
    if (Wishes.isHtmlV1(name) || Wishes.isLatestHtml(name)) {
      return PageForm.HTML_V1;
    }
    return name.equalsIgnoreCase(PageForm.TEXT_HTML.contentType()) ? PageForm.TEXT_HTML : null;
  }
}
