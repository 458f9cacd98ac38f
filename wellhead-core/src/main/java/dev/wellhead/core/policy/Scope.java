package dev.wellhead.core.policy;

import java.util.List;

/// Where a rule is asked: in which views, of which sources, for which projects. An empty list of
/// views, sources or projects stands for all of them.
record Scope(List<Glob> views, List<Glob> sources, List<Glob> projects, List<Glob> except) {
  static final Scope EVERYWHERE = new Scope(List.of(), List.of(), List.of(), List.of());

  Scope {
    views = List.copyOf(views);
    sources = List.copyOf(sources);
    projects = List.copyOf(projects);
    except = List.copyOf(except);
  }

  boolean covers(Subject subject) {
    String project = subject.project().normalized();
    return covers(subject.view())
        && any(sources, subject.source())
        && any(projects, project)
        && except.stream().noneMatch(glob -> glob.matches(project));
  }

  boolean covers(String view) {
    return any(views, view);
  }

  private static boolean any(List<Glob> globs, String text) {
    return globs.isEmpty() || globs.stream().anyMatch(glob -> glob.matches(text));
  }

  String words() {
    StringBuilder out = new StringBuilder();
    add(out, "views ", views);
    add(out, "sources ", sources);
    add(out, "projects ", projects);
    add(out, "except ", except);
    return out.isEmpty() ? "everywhere" : out.toString();
  }

  private static void add(StringBuilder out, String what, List<Glob> globs) {
    if (!globs.isEmpty()) {
      out.append(out.isEmpty() ? "" : "; ")
          .append(what)
          .append(String.join(", ", globs.stream().map(Glob::pattern).toList()));
    }
  }
}
