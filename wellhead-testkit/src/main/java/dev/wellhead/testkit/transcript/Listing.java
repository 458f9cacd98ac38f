package dev.wellhead.testkit.transcript;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// The files of a project page, read from either of its forms, so that one expectation fits both.
///
/// `about` holds, as text: `url` (without the fragment), `yanked` (the reason, also an empty one),
/// `size`, `uploaded`, `requires-python`, `sha256`, `metadata` (sha256 of the metadata, or `true`),
/// `first-seen` (any value where the time is the index's own).
record Listing(List<Entry> files) {
  private static final Pattern ANCHOR = Pattern.compile("<a\\s([^>]*)>([^<]*)</a>");
  private static final Pattern ATTRIBUTE = Pattern.compile("([a-z-]+)(?:=\"([^\"]*)\")?");

  record Entry(String name, Map<String, String> about) {}

  static Listing of(Reply reply) {
    String type = reply.header("Content-Type").orElse("");
    return type.contains("json") ? ofJson(reply.text()) : ofHtml(reply.text());
  }

  Optional<Entry> file(String name) {
    return files.stream().filter(file -> file.name().equals(name)).findFirst();
  }

  private static Listing ofJson(String text) {
    List<Entry> files = new ArrayList<>();
    for (JsonNode file : JsonPath.parse(text).path("files")) {
      Map<String, String> about = new HashMap<>();
      put(about, "url", file.path("url"));
      put(about, "size", file.path("size"));
      put(about, "uploaded", file.path("upload-time"));
      put(about, "requires-python", file.path("requires-python"));
      put(about, "sha256", file.path("hashes").path("sha256"));
      JsonNode metadata = file.path("core-metadata");
      put(about, "metadata", metadata.isObject() ? metadata.path("sha256") : metadata);
      put(about, "first-seen", file.path("_wellhead").path("upload-time"));
      JsonNode yanked = file.path("yanked");
      if (yanked.isString() || yanked.asBoolean(false)) {
        about.put("yanked", yanked.isString() ? yanked.asString() : "");
      }
      files.add(new Entry(file.path("filename").asString(""), about));
    }
    return new Listing(files);
  }

  private static void put(Map<String, String> about, String key, JsonNode value) {
    if (!value.isMissingNode() && !value.isNull()) {
      about.put(key, value.asString(""));
    }
  }

  private static Listing ofHtml(String text) {
    List<Entry> files = new ArrayList<>();
    Matcher anchor = ANCHOR.matcher(text);
    while (anchor.find()) {
      Map<String, String> about = new HashMap<>();
      Matcher attribute = ATTRIBUTE.matcher(anchor.group(1));
      while (attribute.find()) {
        String value = attribute.group(2) == null ? "" : plain(attribute.group(2));
        switch (attribute.group(1)) {
          case "href" -> href(about, value);
          case "data-yanked" -> about.put("yanked", value);
          case "data-requires-python" -> about.put("requires-python", value);
          case "data-core-metadata" -> about.put("metadata", value.replace("sha256=", ""));
          default -> {}
        }
      }
      files.add(new Entry(plain(anchor.group(2)), about));
    }
    return new Listing(files);
  }

  private static void href(Map<String, String> about, String value) {
    int hash = value.indexOf("#sha256=");
    about.put("url", hash < 0 ? value : value.substring(0, hash));
    if (hash >= 0) {
      about.put("sha256", value.substring(hash + "#sha256=".length()));
    }
  }

  private static String plain(String html) {
    return html.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
  }
}
