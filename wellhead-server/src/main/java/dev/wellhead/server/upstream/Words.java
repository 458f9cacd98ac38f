package dev.wellhead.server.upstream;

import java.net.URI;
import java.time.Duration;

/// Puts what strangers sent, and URLs that may hold secrets, into sentences.
final class Words {
  private static final int LONGEST = 100;

  private Words() {}

  /// Short, printable and in quotes.
  static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    int end = Math.min(text.length(), LONGEST);
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      out.append(c >= ' ' && c < 0x7f && c != '"' ? c : '?');
    }
    return out.append(end < text.length() ? "…\"" : "\"").toString();
  }

  /// As [#quoted], of what should be a URL; without its query.
  static String quotedUrl(String text) {
    int query = text.indexOf('?');
    return quoted(query < 0 ? text : text.substring(0, query));
  }

  /// Without the query, which may be a signature that opens the file to whoever has it.
  static String url(URI url) {
    String plain = url.getScheme() + "://" + url.getRawAuthority() + url.getRawPath();
    return plain.length() <= 2 * LONGEST ? plain : plain.substring(0, 2 * LONGEST) + "…";
  }

  static String time(Duration time) {
    return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
  }
}
