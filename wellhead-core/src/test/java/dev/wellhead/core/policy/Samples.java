package dev.wellhead.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.core.osv.Advisory;
import dev.wellhead.core.osv.Coverage;
import dev.wellhead.core.osv.Rating;
import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.Sha256;
import dev.wellhead.core.pypi.Version;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A file, facts and records for tests.
final class Samples {
  static final Instant NOW = Instant.parse("2026-05-24T12:00:00Z");
  static final Sha256 DIGEST = new Sha256("ab".repeat(32));

  private Samples() {}

  static Subject file(String source, String project) {
    return new Subject(
        "default",
        source,
        new ProjectName(project),
        project + "-2.0-py3-none-any.whl",
        Version.parse("2.0").orElseThrow(),
        DIGEST);
  }

  static Facts.Builder harmless() {
    return Harmless.about(file("upstream", "fastapi"), NOW);
  }

  static Policy policy(String toml) {
    PolicyRead read = Policy.parse(toml, "a test");
    assertThat(read).isInstanceOf(PolicyRead.Good.class);
    return ((PolicyRead.Good) read).policy();
  }

  static List<Problem> problems(String toml) {
    return switch (Policy.parse(toml, "a test")) {
      case PolicyRead.Bad(List<Problem> problems) -> problems;
      case PolicyRead.Good(Policy _, List<Problem> warnings) -> warnings;
    };
  }

  static Match malware(Collection<String> sources) {
    return match("MAL-2026-4750", List.of(), sources, new Coverage.ByVersion(), null);
  }

  static Match match(
      String id,
      List<String> aliases,
      Collection<String> sources,
      Coverage coverage,
      @Nullable Instant withdrawn) {
    return new Match(
        new Advisory(
            id,
            id.startsWith("MAL-") ? Advisory.Kind.MALWARE : Advisory.Kind.VULNERABILITY,
            new Advisory.Times(null, NOW, withdrawn),
            aliases,
            new Advisory.Text("a summary", ""),
            Rating.UNRATED,
            List.of()),
        coverage,
        Set.copyOf(sources),
        false,
        null);
  }

  static Match vulnerability(Rating.Severity severity, boolean exploited, @Nullable String fixed) {
    return new Match(
        new Advisory(
            "CVE-2026-1",
            Advisory.Kind.VULNERABILITY,
            new Advisory.Times(null, NOW, null),
            List.of(),
            new Advisory.Text("a summary", ""),
            new Rating(severity, null, ""),
            List.of()),
        new Coverage.ByRange(false),
        Set.of("nvd"),
        exploited,
        fixed == null ? null : Version.parse(fixed).orElseThrow());
  }
}
