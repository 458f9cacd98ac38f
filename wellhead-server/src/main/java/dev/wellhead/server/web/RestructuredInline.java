package dev.wellhead.server.web;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What stands within a paragraph of reStructuredText: code, emphasis, links.
final class RestructuredInline {
  /// No part of it can match in two ways, so that no text makes it slow.
  private static final Pattern PIECE =
      Pattern.compile(
          "``(?<code>[^`]{1,500})``"
              + "|:[a-z:]{1,30}:`(?<role>[^`]{1,500})`"
              + "|`(?<text>[^`<]{0,500})<(?<url>[^`<>]{1,500})>`__?"
              + "|`(?<name>[^`<]{1,200})`__?"
              + "|\\*\\*(?<bold>[^*\\n]{1,500})\\*\\*"
              + "|\\*(?<italic>[^*\\s][^*\\n]{0,500})\\*"
              + "|\\|(?<gone>[^|\\s][^|\\n]{0,100})\\|_{0,2}"
              + "|\\b(?<word>[A-Za-z0-9.-]{1,100})_(?![A-Za-z0-9_])"
              + "|(?<bare>https?://[^\\s<>`\"')\\]]{1,500})");

  private RestructuredInline() {}

  static String html(String text, Map<String, String> targets) {
    StringBuilder out = new StringBuilder();
    Matcher piece = PIECE.matcher(text);
    int at = 0;
    while (piece.find()) {
      out.append(Description.escaped(text.substring(at, piece.start())));
      out.append(markup(piece, targets));
      at = piece.end();
    }
    return out.append(Description.escaped(text.substring(at))).toString();
  }

  private static String markup(Matcher piece, Map<String, String> targets) {
    if (piece.group("code") != null || piece.group("role") != null) {
      String code = piece.group("code") != null ? piece.group("code") : piece.group("role");
      return "<code>" + Description.escaped(code) + "</code>";
    }
    if (piece.group("bold") != null) {
      return "<strong>" + Description.escaped(piece.group("bold")) + "</strong>";
    }
    if (piece.group("italic") != null) {
      return "<em>" + Description.escaped(piece.group("italic")) + "</em>";
    }
    if (piece.group("gone") != null) {
      return ""; // a substitution, nearly always a badge
    }
    if (piece.group("url") != null) {
      String label = piece.group("text").strip();
      String url = piece.group("url").strip();
      return Description.link(url, Description.escaped(label.isEmpty() ? url : label));
    }
    if (piece.group("bare") != null) {
      return Description.link(piece.group("bare"), Description.escaped(piece.group("bare")));
    }
    String name = piece.group("name") != null ? piece.group("name") : piece.group("word");
    String target = targets.get(name.strip().toLowerCase(Locale.ROOT));
    return target != null
        ? Description.link(target, Description.escaped(name))
        : Description.escaped(piece.group("name") != null ? name : piece.group());
  }
}
