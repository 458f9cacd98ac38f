package dev.wellhead.server.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// Addresses of pages.
public final class Links {
  private Links() {}

  public static String project(String name) {
    return "/projects/" + encoded(name);
  }

  public static String release(String name, String version) {
    return project(name) + "/" + encoded(version);
  }

  public static String file(String name, String version, String filename) {
    return release(name, version) + "/" + encoded(filename);
  }

  /// The text as one segment of a path or as a value of a query.
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
