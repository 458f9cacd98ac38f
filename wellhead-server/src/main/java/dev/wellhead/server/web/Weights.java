package dev.wellhead.server.web;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The `q` of an item in a list of wishes (RFC 9110 section 12.4.2).
final class Weights {
  private static final Pattern Q =
      Pattern.compile(";\\s*q=(0(\\.\\d{0,3})?|1(\\.0{0,3})?)\\s*(;|$)");

  private Weights() {}

  /// 1 where the item states none; 0 where it states what cannot be read.
  static double of(String item) {
    if (!item.contains(";")) {
      return 1;
    }
    Matcher q = Q.matcher(item);
    if (q.find()) {
      return Double.parseDouble(q.group(1));
    }
    return item.matches(".*;\\s*q=.*") ? 0 : 1;
  }

  /// Whether `Accept` asks for a page: `text/html` is named outright, and nothing is wished for
  /// more, or as much and before it. Browsers do so, installers do not.
  static boolean asksForPage(List<String> accept) {
    double best = 0;
    double html = 0;
    boolean first = false;
    for (String header : accept) {
      for (String item : header.split(",", 40)) {
        String range = item.strip().toLowerCase(Locale.ROOT);
        double weight = of(range);
        if (range.split("[;\\s]", 2)[0].equals("text/html")) {
          html = Math.max(html, weight);
          first |= weight > best;
        }
        best = Math.max(best, weight);
      }
    }
    return html > 0 && html >= best && first;
  }
}
