package dev.wellhead.core.pypi;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An HTML page as a reader sees it that forgives nothing: each `<` and `>` belongs to a tag whose
/// attributes stand in double quotes, each `&` begins a reference, so that text which escaped from
/// its place fails the test.
///
/// @param metas the content of each `meta` by its name
/// @param anchors the links in order
/// @param tags all tags' names in order
record HtmlPage(Map<String, String> metas, List<Anchor> anchors, List<String> tags) {
  private static final Pattern TAG =
      Pattern.compile("<(!?/?[a-zA-Z0-9]+)((?: [a-zA-Z:-]+(?:=\"[^\"<>]*\")?)*)>([^<>]*)");
  private static final Pattern ATTRIBUTE = Pattern.compile(" ([a-zA-Z:-]+)(?:=\"([^\"]*)\")?");
  private static final Pattern REFERENCE = Pattern.compile("&(?:(amp|lt|gt|quot)|#([0-9]+));|&");

  /// A link: its attributes, and the text in it.
  record Anchor(Map<String, String> attributes, String text) {}

  static HtmlPage read(byte[] bytes) {
    String html = new String(bytes, StandardCharsets.UTF_8);
    HtmlPage page = new HtmlPage(new LinkedHashMap<>(), new ArrayList<>(), new ArrayList<>());
    Matcher tag = TAG.matcher(html);
    int end = 0;
    while (end < html.length()) {
      if (!tag.find(end) || tag.start() != end) {
        throw new AssertionError("no tag at " + end + ": " + html.substring(end));
      }
      page.add(tag.group(1), attributes(tag.group(2)), text(tag.group(3)));
      end = tag.end();
    }
    return page;
  }

  private void add(String tag, Map<String, String> attributes, String text) {
    tags.add(tag);
    if (tag.equals("a")) {
      anchors.add(new Anchor(attributes, text));
    } else if (tag.equals("meta") && attributes.containsKey("name")) {
      metas.put(attributes.get("name"), attributes.get("content"));
    }
  }

  private static Map<String, String> attributes(String source) {
    Map<String, String> attributes = new LinkedHashMap<>();
    Matcher attribute = ATTRIBUTE.matcher(source);
    while (attribute.find()) {
      String value = attribute.group(2) == null ? "" : text(attribute.group(2));
      if (attributes.put(attribute.group(1), value) != null) {
        throw new AssertionError("an attribute twice: " + source);
      }
    }
    return attributes;
  }

  private static String text(String source) {
    return REFERENCE
        .matcher(source)
        .replaceAll(reference -> Matcher.quoteReplacement(character(reference.group())));
  }

  private static String character(String reference) {
    return switch (reference) {
      case "&amp;" -> "&";
      case "&lt;" -> "<";
      case "&gt;" -> ">";
      case "&quot;" -> "\"";
      case "&" -> throw new AssertionError("a bare &");
      default ->
          Character.toString(Integer.parseInt(reference.substring(2, reference.length() - 1)));
    };
  }
}
