package dev.wellhead.server.index;

import dev.wellhead.server.http.Request;
import java.util.List;
import java.util.Locale;

/// Reads Accept-Encoding (RFC 9110, section 12.5.3) as far as the choice between gzip and nothing
/// needs it.
final class Encodings {
  private Encodings() {}

  static boolean acceptsGzip(Request request) {
    List<String> headers = request.headers("Accept-Encoding");
    if (headers.isEmpty()) {
      return false;
    }
    boolean any = false;
    for (String header : headers) {
      // What every installer sends begins like this, and needs no taking apart.
      if (header.equals("gzip") || header.startsWith("gzip,")) {
        return true;
      }
      for (String part : header.toLowerCase(Locale.ROOT).split(",", 32)) {
        String coding = part.strip();
        int semicolon = coding.indexOf(';');
        String name = semicolon < 0 ? coding : coding.substring(0, semicolon).strip();
        boolean wanted = semicolon < 0 || !isZero(coding.substring(semicolon + 1));
        if (name.equals("gzip") || name.equals("x-gzip")) {
          return wanted;
        }
        any |= name.equals("*") && wanted;
      }
    }
    return any;
  }

  private static boolean isZero(String parameters) {
    String q = parameters.strip();
    return q.matches("q\\s*=\\s*0(\\.0{0,3})?");
  }
}
