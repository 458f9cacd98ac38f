package dev.wellhead.server.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.core.pypi.FileEntry;
import dev.wellhead.core.pypi.MetadataFile;
import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.ProjectStatus;
import dev.wellhead.core.pypi.UploadTime;
import dev.wellhead.core.pypi.Yank;
import dev.wellhead.server.catalog.HeldFile;
import dev.wellhead.server.catalog.HeldProject;
import dev.wellhead.server.catalog.PageMemory;
import dev.wellhead.server.catalog.ReservedPattern;
import dev.wellhead.server.release.RetentionRule.Builds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Which builds have had their time.
final class RetentionRuleTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final ProjectName ACME = ProjectName.of("acme").orElseThrow();

  @Test
  void of_old_builds_the_newest_few_stay_and_no_final_release_is_named() {
    HeldProject held =
        held("1.0.dev1 90", "1.0.dev2 80", "1.0.dev3 70", "1.0 60", "1.0rc1 95", "0.9.post1 99");

    assertThat(rule(2, null, Builds.DEVELOPMENT).outdated(held, NOW))
        .containsExactlyInAnyOrder("acme-1.0.dev1.tar.gz");
    assertThat(rule(2, null, Builds.PRERELEASES).outdated(held, NOW))
        .containsExactlyInAnyOrder("acme-1.0.dev1.tar.gz");
    assertThat(rule(1, null, Builds.PRERELEASES).outdated(held, NOW))
        .containsExactlyInAnyOrder("acme-1.0.dev1.tar.gz", "acme-1.0.dev2.tar.gz");
  }

  @Test
  void young_builds_stay_however_many_they_are() {
    HeldProject held = held("1.dev1 31", "1.dev2 29", "1.dev3 2", "1.dev4 1");

    assertThat(rule(1, 30, Builds.DEVELOPMENT).outdated(held, NOW))
        .containsExactly("acme-1.dev1.tar.gz");
    assertThat(rule(9, 1, Builds.DEVELOPMENT).outdated(held, NOW)).isEmpty();
  }

  @Test
  void the_last_build_and_the_highest_one_stay_for_ever() {
    HeldProject held = held("2.0.dev1 900", "1.0.dev9 800", "1.0.dev1 850");

    assertThat(rule(null, 1, Builds.DEVELOPMENT).outdated(held, NOW))
        .containsExactly("acme-1.0.dev1.tar.gz");
  }

  @Test
  void what_cannot_be_read_is_never_named() {
    HeldProject held = held("1.dev1 99", "1.dev2 98", "1.dev3-weird 97");

    assertThat(rule(1, null, Builds.DEVELOPMENT).outdated(held, NOW))
        .containsExactly("acme-1.dev1.tar.gz");
  }

  @Test
  void of_several_rules_the_one_that_says_most_counts() {
    RetentionRule all = new RetentionRule(new ReservedPattern("*"), 1, null, Builds.DEVELOPMENT);
    RetentionRule some =
        new RetentionRule(new ReservedPattern("acm*"), 2, null, Builds.DEVELOPMENT);
    RetentionRule one = new RetentionRule(new ReservedPattern("acme"), 3, null, Builds.DEVELOPMENT);

    assertThat(RetentionRule.of(List.of(all, one, some), ACME)).contains(one);
    assertThat(RetentionRule.of(List.of(all, some), ACME)).contains(some);
    assertThat(RetentionRule.of(List.of(some), ProjectName.of("six").orElseThrow())).isEmpty();
  }

  private static RetentionRule rule(@Nullable Integer keep, @Nullable Integer days, Builds builds) {
    return new RetentionRule(new ReservedPattern("acme"), keep, days, builds);
  }

  // Each a version and its age in days.
  private static HeldProject held(String... builds) {
    List<HeldFile> files = new ArrayList<>();
    for (String build : builds) {
      List<String> parts = List.of(build.split(" ", -1));
      String filename = "acme-" + parts.getFirst() + ".tar.gz";
      Instant at = NOW.minus(Duration.ofDays(Long.parseLong(parts.getLast())));
      FileEntry entry =
          new FileEntry(
              filename,
              "hosted:" + filename,
              Map.of(),
              1L,
              new UploadTime.Stated(at),
              null,
              new Yank.Not(),
              new MetadataFile.Absent(),
              null);
      files.add(new HeldFile(entry, filename, at, null));
    }
    return new HeldProject(
        ACME,
        ProjectStatus.ACTIVE,
        List.of(),
        null,
        files,
        NOW,
        null,
        new PageMemory(null, null, ""),
        1);
  }
}
