package dev.wellhead.server.web;

import dev.wellhead.server.http.Request;

/// Numbers that readers send: everything that is none counts as nought.
final class Numbers {
  private Numbers() {}

  /// How many of a list to leave out, as `?from=` says.
  static int from(Request request) {
    String text = request.query("from").orElse("0");
    return text.matches("[0-9]{1,7}") ? Integer.parseInt(text) : 0;
  }

  /// A number in a path; 0, which nothing has, for any other text.
  static long id(String text) {
    return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
  }
}
