package dev.wellhead.testkit;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The pages of a [FakeIndex] as HTML (PEP 503, 592, 658, 714, 740, 792), as far as its features
/// say so.
final class HtmlPages {
  private final Pages pages;
  private final Shelf shelf;
  private final Set<Feature> features;

  HtmlPages(Pages pages, Shelf shelf, Set<Feature> features) {
    this.pages = pages;
    this.shelf = shelf;
    this.features = features;
  }

  String names(List<String> projects) {
    StringBuilder body = new StringBuilder();
    for (String project : projects) {
      body.append("<a href=\"" + project + "/\">" + project + "</a><br/>\n");
    }
    return page("Simple index", "", body);
  }

  String project(String name, List<FakeFile> offered) {
    String head =
        features.contains(Feature.PROJECT_STATUS)
            ? "<meta name=\"pypi:project-status\" content=\"" + shelf.status(name) + "\">"
            : "";
    StringBuilder body = new StringBuilder("<h1>Links for " + name + "</h1>\n");
    offered.forEach(file -> body.append(link(file)));
    return page("Links for " + name, head, body);
  }

  private String link(FakeFile file) {
    StringBuilder link = new StringBuilder("<a href=\"" + pages.url(file));
    pages
        .hashes(file)
        .forEach((name, hex) -> link.append('#').append(name).append('=').append(hex));
    link.append('"');
    String filename = file.filename();
    shelf.requiresPython(filename).ifPresent(it -> add(link, "data-requires-python", it));
    shelf.yank(filename).ifPresent(reason -> add(link, "data-yanked", reason));
    byte[] metadata = file.metadata();
    if (features.contains(Feature.CORE_METADATA) && metadata.length > 0) {
      String hash = HexFormat.of().formatHex(FakeFile.sha256().digest(metadata));
      add(link, "data-core-metadata", "sha256=" + hash);
    }
    if (features.contains(Feature.PROVENANCE) && file.isWheel()) {
      add(link, "data-provenance", pages.provenanceUrl(file));
    }
    return link.append('>').append(escaped(filename)).append("</a><br/>\n").toString();
  }

  private static void add(StringBuilder link, String attribute, String value) {
    link.append(' ').append(attribute).append("=\"").append(escaped(value)).append('"');
  }

  private static String page(String title, String head, CharSequence body) {
    return "<!DOCTYPE html>\n<html><head>"
        + head
        + "<title>"
        + title
        + "</title></head>\n<body>\n"
        + body
        + "</body></html>\n";
  }

  private static String escaped(String text) {
    String escaped = text;
    for (Map.Entry<String, String> each :
        List.of(
            Map.entry("&", "&amp;"),
            Map.entry("<", "&lt;"),
            Map.entry(">", "&gt;"),
            Map.entry("\"", "&quot;"))) {
      escaped = escaped.replace(each.getKey(), each.getValue());
    }
    return escaped;
  }
}
