package dev.wellhead.cli;

import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// The status of a server as people read it. What the answer lacks is left out; the answer may come
/// from anybody, so nothing in it reaches the terminal as a control character.
final class StatusText {
  private final StringBuilder text = new StringBuilder();

  private StatusText() {}

  static String of(JsonNode status) {
    StatusText lines = new StatusText();
    lines.line("state", plain(status, "state"));
    lines.line("version", plain(status, "version"));
    String uptime = plain(status, "uptime");
    String since = plain(status, "since");
    lines.line("up for", uptime + (since.isEmpty() ? "" : ", since " + since));
    JsonNode upstream = status.path("upstream");
    lines.line("upstream", plain(upstream, "index"));
    lines.line("", plain(upstream, "state"));
    for (JsonNode host : upstream.path("hosts")) {
      lines.line(
          "",
          plain(host, "origin")
              + ": "
              + plain(host, "answered")
              + " answered, "
              + plain(host, "failed")
              + " failed"
              + (plain(host, "circuit").equals("closed") ? "" : ", not asked now"));
    }
    String refused = plain(upstream, "last-refused-page");
    if (!refused.isEmpty()) {
      lines.line("refused", "the page of " + refused + ": " + plain(upstream, "last-refused-why"));
    }
    JsonNode held = status.path("held");
    lines.counts("held", held, "projects", "files");
    JsonNode fetched = status.path("fetched");
    lines.counts("fetched", fetched, "fetches", "bytes", "files", "clients");
    return lines.text.toString();
  }

  private void counts(String label, JsonNode node, String... names) {
    StringBuilder all = new StringBuilder();
    for (String name : names) {
      if (node.path(name).isNumber()) {
        all.append(all.isEmpty() ? "" : ", ").append(plain(node, name)).append(' ').append(name);
      }
    }
    line(label, all.toString());
  }

  private void line(String label, String value) {
    if (!value.isEmpty()) {
      text.append(String.format(Locale.ROOT, "%-9s %s%n", label, value));
    }
  }

  private static String plain(JsonNode node, String name) {
    JsonNode value = node.path(name);
    return value.isValueNode() && !value.isNull() ? Main.clean(value.asString()) : "";
  }
}
