package dev.wellhead.server.web;

import dev.wellhead.server.web.FirewallSource.About;
import dev.wellhead.server.web.FirewallSource.Reason;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/// Why somebody did not get a file, and what to do now.
public record ReasonPage(Shell shell, Instant now, Reason reason) {
  private static final int SHOWN = 12;

  /// What may stand in a line that people copy into a shell: names and versions as the Python
  /// standards spell them, and nothing that a shell takes for more than a letter.
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+!-]{0,100}");

  public Words words() {
    return shell.words();
  }

  /// What it is about, in one line.
  public String name() {
    return name(reason.about());
  }

  static String name(About about) {
    if (about.filename() != null) {
      return about.filename();
    }
    return about.version() == null ? about.project() : about.project() + " " + about.version();
  }

  /// The first sentence.
  public String headline() {
    Instant until = reason.until();
    return switch (reason.fate()) {
      case HOLD ->
          until == null
              ? words().say("reason.held-decided")
              : words().say("reason.held-until", words().minute(until));
      case BLOCK -> words().say("reason.blocked");
      case HIDE -> words().say("reason.hidden");
      case CANNOT_TELL -> words().say("reason.unclear");
      case WARN -> words().say("reason.warned");
      case ALLOW -> words().say("reason.allowed");
    };
  }

  /// Whether it is served.
  public boolean isServed() {
    return switch (reason.fate()) {
      case ALLOW, WARN -> true;
      case HOLD, BLOCK, HIDE, CANNOT_TELL -> false;
    };
  }

  /// Versions that are fine, the newest first; not more than people read.
  public List<String> fine() {
    return reason.fine().stream().limit(SHOWN).toList();
  }

  /// What to type to get the newest that is fine; empty where there is none.
  public List<String> lines() {
    String project = reason.about().project();
    return reason.fine().stream()
        .filter(version ->
            PLAIN.matcher(version).matches()
                && version.indexOf('!') < 0
                && PLAIN.matcher(project).matches())
        .findFirst()
        .map(version ->
            List.of(
                "pip install " + project + "==" + version, "uv add " + project + "==" + version))
        .orElse(List.of());
  }
}
