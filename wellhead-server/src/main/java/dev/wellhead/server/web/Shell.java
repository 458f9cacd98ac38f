package dev.wellhead.server.web;

import dev.wellhead.server.http.Request;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What every page stands in: language, theme, the way around.
public final class Shell {
  private final Taste taste;
  private final Words words;
  private final StaticFiles files;
  private final long openAlarms;
  private final Ways ways;
  private final String path;
  private final @Nullable String question;
  private final String id;

  Shell(Request request, Taste taste, Words words, StaticFiles files, Ways ways, long openAlarms) {
    this.taste = taste;
    this.words = words;
    this.files = files;
    this.openAlarms = openAlarms;
    this.ways = ways;
    this.path = request.path();
    this.question = request.query("q").orElse(null);
    this.id = request.id();
  }

  public Words words() {
    return words;
  }

  /// Of this server.
  public String version() {
    return ways.version();
  }

  /// How many alarms nobody acknowledged yet.
  public long openAlarms() {
    return openAlarms;
  }

  /// Whether there are pages of a firewall.
  public boolean hasFirewall() {
    return ways.hasFirewall().getAsBoolean();
  }

  /// The id of the request that this page answers.
  public String id() {
    return id;
  }

  /// `light`, `dark`, or null where the system decides.
  public @Nullable String theme() {
    return taste.theme().attribute();
  }

  /// The address of a static file.
  public String file(String name) {
    return files.href(name);
  }

  /// What was searched for, or an empty text.
  public String question() {
    return question == null ? "" : question;
  }

  /// `page` where the link leads to this very page, `true` where it leads to the part it is in,
  /// else null: the value of `aria-current`.
  public @Nullable String current(String href) {
    if (path.equals(href)) {
      return "page";
    }
    return !href.equals("/") && path.startsWith(href + "/") ? "true" : null;
  }

  /// A choice among languages or themes.
  ///
  /// @param lang of the label, where it is not that of the page
  public record Choice(
      String href, String label, @Nullable String lang, @Nullable String current) {}

  public List<Choice> languages() {
    return Arrays.stream(Language.values())
        .map(language ->
            new Choice(
                here("lang", language.code()),
                language.ownName(),
                language.tag(),
                language == taste.language() ? "true" : null))
        .toList();
  }

  public List<Choice> themes() {
    return Arrays.stream(Theme.values())
        .map(theme ->
            new Choice(
                here("theme", theme.code()),
                words.say("theme." + theme.code()),
                null,
                theme == taste.theme() ? "true" : null))
        .toList();
  }

  /// This page with another choice; what was searched for stays.
  private String here(String key, String value) {
    String asked = question == null ? "" : "q=" + Links.encoded(question) + "&";
    return "?" + asked + key + "=" + value;
  }
}
