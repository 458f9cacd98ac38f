package dev.wellhead.server.boot;

import dev.wellhead.core.pypi.ProjectName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/// What sources and views must hold between one another.
final class ViewRules {
  /// What the first segment of a path of ours can be, now or as it was planned: a view of that name
  /// would hide it, or be hidden by it.
  static final Set<String> ROUTE_WORDS =
      Set.of(
          "account",
          "admin",
          "alarm",
          "alarms",
          "api",
          "b",
          "badge",
          "checkpoint",
          "docs",
          "events",
          "favicon",
          "feed",
          "feeds",
          "file",
          "files",
          "firewall",
          "fragment",
          "health",
          "healthz",
          "help",
          "holds",
          "integrity",
          "ledger",
          "legacy",
          "live",
          "log",
          "login",
          "logout",
          "metrics",
          "openapi",
          "package",
          "packages",
          "p",
          "people",
          "policy",
          "project",
          "projects",
          "pypi",
          "readyz",
          "release",
          "releases",
          "reports",
          "robots",
          "search",
          "security",
          "session",
          "settings",
          "setup",
          "simple",
          "source",
          "sources",
          "static",
          "status",
          "tile",
          "tiles",
          "token",
          "tokens",
          "upload",
          "user",
          "v1",
          "view",
          "views",
          "well-known");

  private static final String NAME = "[a-z0-9-]{1,40}";
  private static final Set<String> OWN_SOURCES = Set.of("hosted", "upstream");

  private final Settings settings;
  private final UnaryOperator<String> place;
  private final Set<String> sources = new LinkedHashSet<>(List.of("hosted", "upstream"));
  private final List<String> problems = new ArrayList<>();

  ViewRules(Settings settings, UnaryOperator<String> place) {
    this.settings = settings;
    this.place = place;
    sources.addAll(settings.source().keySet());
  }

  List<String> problems() {
    for (String name : settings.source().keySet()) {
      String path = "source." + name;
      named(path, name);
      if (OWN_SOURCES.contains(name)) {
        say(path, path + " takes a name that has a meaning already: choose another one.");
      }
    }
    settings.view().forEach(this::view);
    return problems;
  }

  private void view(String name, Settings.View view) {
    String path = "view." + name;
    named(path, name);
    if (ROUTE_WORDS.contains(name)) {
      say(
          path,
          path + " cannot be: /" + name + "/ is, or may become, a path of this server's own.");
    }
    if (view.sources().isEmpty()) {
      say(
          path + ".sources",
          path + " has no sources: write sources = [\"hosted\", \"upstream\"], or others.");
      return;
    }
    unique(path + ".sources", view.sources());
    for (String source : view.sources()) {
      if (!sources.contains(source)) {
        say(
            path + ".sources",
            "%s.sources names %s, and there is no such source; known are %s."
                .formatted(path, source, String.join(", ", sources)));
      }
    }
    view.join().forEach((project, joined) -> join(path, view, project, joined));
  }

  private void join(String view, Settings.View set, String project, List<String> joined) {
    String path = view + ".join." + project;
    if (ProjectName.of(project).isEmpty()) {
      say(path, path + ": that is no project's name.");
    }
    if (joined.size() < 2) {
      say(path, path + " must name the two or more sources whose files are joined.");
    }
    unique(path, joined);
    for (String source : joined) {
      if (!set.sources().contains(source)) {
        say(
            path,
            "%s names %s, which is none of the view's sources: put it there, or take it out here."
                .formatted(path, source));
      }
    }
  }

  private void unique(String path, List<String> names) {
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        say(path, path + " names " + name + " twice.");
      }
    }
  }

  private void named(String path, String name) {
    if (!name.matches(NAME)) {
      say(path, path + ": a name has lower-case letters, digits and hyphens, 1 to 40 of them.");
    }
  }

  private void say(String path, String sentence) {
    problems.add(place.apply(path) + sentence);
  }
}
