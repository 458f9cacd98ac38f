package dev.wellhead.server.http;

import java.util.Optional;

/// Turns a problem into a page for people, where the request comes from somebody who reads pages.
///
/// It is asked for every problem, on selector threads too: it must not wait for anything.
public interface ProblemPages {
  /// The content type of every page.
  String CONTENT_TYPE = "text/html; charset=utf-8";

  /// The page as bytes of UTF-8, or empty where the problem document is the better answer.
  Optional<Page> page(Request request, Problem problem);

  /// A page and the headers that it needs.
  ///
  /// @param policy the value of `Content-Security-Policy`
  record Page(String html, String policy) {}
}
