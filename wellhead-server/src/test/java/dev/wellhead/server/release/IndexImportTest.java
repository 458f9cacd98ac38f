package dev.wellhead.server.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.core.pypi.FileEntry;
import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.ProjectStatus;
import dev.wellhead.core.pypi.UploadTime;
import dev.wellhead.core.pypi.Yank;
import dev.wellhead.server.upstream.AddressResolver;
import dev.wellhead.server.upstream.Persistence;
import dev.wellhead.server.upstream.Surroundings;
import dev.wellhead.server.upstream.Upstream;
import dev.wellhead.server.upstream.UpstreamSettings;
import dev.wellhead.testkit.FakeIndex;
import dev.wellhead.testkit.MadeFile;
import dev.wellhead.testkit.ManualClock;
import dev.wellhead.testkit.Trouble;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IndexImportTest {
  private static final String WHEEL = "spring-1.0-py3-none-any.whl";
  private static final String SDIST = "spring-1.0.tar.gz";
  private static final Instant UPLOADED = Instant.parse("2020-02-03T04:05:06.123456Z");

  private final Path data;
  private final Stand stand;
  private final FakeIndex index =
      FakeIndex.start()
          .file(WHEEL, MadeFile.wheel(WHEEL), UPLOADED)
          .file(SDIST, MadeFile.sdist(SDIST), null)
          .file("summer-2.0.tar.gz", MadeFile.sdist("summer-2.0.tar.gz"))
          .yank(WHEEL, "too early")
          .status("summer", "archived");
  private final Upstream upstream;

  IndexImportTest(@TempDir Path data) throws Exception {
    this.data = data;
    stand = new Stand(data);
    upstream =
        Upstream.open(
            UpstreamSettings.of(index.url(), index.filesUrl())
                .with(
                    new Persistence(
                        1, Duration.ofMillis(1), Duration.ofMillis(1), 100, Duration.ofMillis(1))),
            new Surroundings(
                new ManualClock(Stand.NOW),
                System::nanoTime,
                new Random(1),
                _ -> {},
                AddressResolver.system(),
                new SimpleMeterRegistry()));
  }

  @AfterEach
  void close() {
    upstream.close();
    index.close();
    stand.close();
  }

  @Test
  void times_yanks_and_statuses_come_along_and_a_second_run_fetches_no_file() throws Exception {
    ImportSummary first = run();

    assertThat(first.seen()).isEqualTo(3);
    assertThat(first.imported()).isEqualTo(3);
    assertThat(first.isComplete()).isTrue();
    FileEntry wheel = entry("spring", WHEEL);
    assertThat(wheel.uploadTime()).isEqualTo(new UploadTime.Stated(UPLOADED));
    assertThat(wheel.yank()).isEqualTo(new Yank.Yanked("too early"));
    assertThat(wheel.sha256().orElseThrow().hex()).isEqualTo(index.sha256(WHEEL));
    assertThat(entry("spring", SDIST).uploadTime()).isEqualTo(new UploadTime.Stated(Stand.NOW));
    assertThat(stand.project("summer").status())
        .isEqualTo(new ProjectStatus(ProjectStatus.State.ARCHIVED, ""));

    index.forget();
    assertThat(run()).isEqualTo(new ImportSummary(3, 0, 3, 0, 0, 0, 0, 0, true));
    assertThat(index.requests().stream().map(request -> request.path()))
        .containsExactlyInAnyOrder("/simple/", "/simple/spring/", "/simple/summer/");
  }

  @Test
  void bytes_that_are_kept_for_another_reason_are_not_fetched() throws Exception {
    try (var incoming = stand.blobs().receive()) {
      incoming.write(java.nio.ByteBuffer.wrap(MadeFile.wheel(WHEEL)));
      incoming.keep();
    }

    assertThat(run().imported()).isEqualTo(3);
    assertThat(index.count(index.filePath(WHEEL))).isZero();
  }

  @Test
  void what_does_not_fit_what_is_stated_is_left_out_whole() throws Exception {
    index.trouble(index.filePath(WHEEL), new Trouble.Corrupt(50));
    index.trouble(index.filePath(SDIST), new Trouble.Truncated(50));
    index.trouble(index.filePath("summer-2.0.tar.gz"), Trouble.status(404));

    ImportSummary summary = run();

    assertThat(summary.refused()).isEqualTo(3);
    assertThat(stand.refused().get(0)).startsWith("spring/" + WHEEL + ": Its SHA-256 is ");
    assertThat(stand.refused().get(1)).startsWith("spring/" + SDIST + ": It broke off after ");
    assertThat(stand.refused().get(2))
        .isEqualTo(
            "summer/summer-2.0.tar.gz: The index lists it and does not have it: it answered 404.");
    try (var blobs = stand.blobs().all()) {
      assertThat(blobs).isEmpty();
    }

    index.heal();
    assertThat(run().imported()).isEqualTo(3);
  }

  @Test
  void without_stated_hashes_the_bytes_are_fetched_once_and_said_to_be_unhashed() throws Exception {
    index.trouble(
        "/simple/*",
        new Trouble.Edited(page -> page.replaceAll("\"sha256\":\\s*\"[0-9a-f]{64}\"", "")));

    ImportSummary first = run();
    assertThat(stand.refused()).isEmpty();
    assertThat(first.imported()).isEqualTo(3);
    assertThat(first.unhashed()).isEqualTo(3);

    index.forget();
    assertThat(run().here()).isEqualTo(3);
    assertThat(index.count(index.filePath(WHEEL))).isZero();
  }

  @Test
  void another_file_of_a_hosted_name_is_left_out_without_being_fetched() throws Exception {
    run();
    index.file(WHEEL, MadeFile.wheel(WHEEL, "Summary: another"));
    index.forget();

    assertThat(run()).isEqualTo(new ImportSummary(3, 0, 2, 1, 0, 0, 0, 0, true));
    assertThat(stand.refused().getFirst()).contains("Another file of this name is hosted here");
    assertThat(index.count(index.filePath(WHEEL))).isZero();
  }

  @Test
  void a_project_that_is_not_there_or_cannot_be_read_is_named() throws Exception {
    index.trouble("/simple/summer/", Trouble.malformedJson());
    List<ProjectName> projects = List.of(new ProjectName("autumn"), new ProjectName("summer"));

    ImportSummary summary =
        IndexImport.run(
            upstream, new IndexImport.Offer(projects, List.of(), null), stand.ground(), stand);

    assertThat(summary).isEqualTo(new ImportSummary(0, 0, 0, 0, 0, 0, 0, 2, true));
    assertThat(summary.isComplete()).isFalse();
    assertThat(stand.refused().get(0))
        .isEqualTo("autumn: The index has no such project: it answered 404.");
    assertThat(stand.refused().get(1)).startsWith("summer: ");
  }

  @Test
  void an_index_that_goes_down_ends_the_import_rather_than_leave_out_all_that_follow()
      throws Exception {
    for (int i = 0; i < 60; i++) {
      String name = "late-1." + i + ".tar.gz";
      index.file(name, MadeFile.sdist(name));
    }
    index.trouble("/packages/*", new Trouble.HangUp());

    ImportSummary summary = run();

    assertThat(summary.isWhole()).isFalse();
    assertThat(summary.imported()).isZero();
    assertThat(index.requests().size()).isLessThan(30);
    index.heal();
    assertThat(run().imported()).isEqualTo(63);
  }

  @Test
  void a_dry_run_fetches_no_file() throws Exception {
    ImportSummary summary =
        IndexImport.run(upstream, offer(), stand.ground(ImportMode.DRY_RUN), stand);

    assertThat(summary.imported()).isEqualTo(3);
    assertThat(index.requests().stream().map(request -> request.path()))
        .noneMatch(path -> path.startsWith("/packages"));
    assertThat(stand.hosted().held(new ProjectName("spring"))).isEmpty();
  }

  private IndexImport.Offer offer() throws Exception {
    return IndexImport.offer(upstream, data.resolve("names"));
  }

  private ImportSummary run() throws Exception {
    return IndexImport.run(upstream, offer(), stand.ground(), stand);
  }

  private FileEntry entry(String project, String filename) throws Exception {
    return stand.project(project).listed().stream()
        .map(file -> file.entry())
        .filter(entry -> entry.filename().equals(filename))
        .findFirst()
        .orElseThrow();
  }
}
