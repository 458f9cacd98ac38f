package dev.wellhead.server.http;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/// Reads a form (`application/x-www-form-urlencoded`), bounded in bytes, fields and time.
final class FormBody {
  private static final String TYPE = "application/x-www-form-urlencoded";

  private FormBody() {}

  static Form read(Request jetty, int limit) throws InterruptedException {
    String type = jetty.getHeaders().get(HttpHeader.CONTENT_TYPE);
    if (!isForm(type)) {
      return refused(415, "Not a form", "This address takes forms only: send " + TYPE + ".");
    }
    return switch (ContentBody.read(jetty, limit, "form")) {
      case Content.Refused(Response answer) -> new Form.Refused(answer);
      case Content.Sent sent -> fields(new String(sent.copy(), StandardCharsets.ISO_8859_1));
    };
  }

  private static Form fields(String text) {
    Map<String, String> fields = QueryString.parse(text);
    return fields == null
        ? refused(
            400,
            "Malformed form",
            "The form holds a malformed percent code, a NUL, or more than "
                + QueryString.PAIR_LIMIT
                + " fields.")
        : new Form.Sent(fields);
  }

  private static boolean isForm(@Nullable String type) {
    if (type == null) {
      return false;
    }
    int parameters = type.indexOf(';');
    String bare = parameters < 0 ? type : type.substring(0, parameters);
    return bare.strip().toLowerCase(Locale.ROOT).equals(TYPE);
  }

  private static Form refused(int status, String title, String sentence) {
    return new Form.Refused(Problem.of(status, title, sentence).toResponse());
  }
}
