package dev.wellhead.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.core.pypi.FileEntry;
import dev.wellhead.core.pypi.MetadataDocument;
import dev.wellhead.core.pypi.MetadataFile;
import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.ProjectPage;
import dev.wellhead.core.pypi.ProjectStatus;
import dev.wellhead.core.pypi.Sha256;
import dev.wellhead.core.pypi.UploadTime;
import dev.wellhead.core.pypi.Yank;
import dev.wellhead.server.db.Database;
import dev.wellhead.server.db.DatabaseSettings;
import dev.wellhead.server.db.Migrations;
import dev.wellhead.server.ledger.Leaf;
import dev.wellhead.server.ledger.Ledger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What the catalog promises, on a real database.
abstract class CatalogContract {
  private static final Instant T0 = Instant.parse("2026-11-01T12:00:00Z");
  private static final Instant T1 = T0.plusSeconds(600);
  private static final Instant T2 = T1.plusSeconds(600);
  private static final ProjectName SIX = ProjectName.of("six").orElseThrow();
  private static final PageMemory MEMORY = new PageMemory("\"1\"", null, "00".repeat(32));
  private static final Sha256 A = new Sha256("aa".repeat(32));
  private static final Sha256 B = new Sha256("bb".repeat(32));

  private @Nullable Database database;

  abstract DatabaseSettings settings();

  @AfterEach
  void close() {
    if (database != null) {
      database.close();
    }
  }

  @Test
  void what_was_recorded_is_read_back_value_for_value() throws Exception {
    Catalog catalog = catalog();
    SourceId source = catalog.source(URI.create("https://index.test/simple/"), T0);
    ProjectPage page =
        page(
            new FileEntry(
                "six-1.0-py3-none-any.whl",
                "https://files.test/a/six-1.0-py3-none-any.whl",
                Map.of("sha256", A.hex(), "md5", "00".repeat(16)),
                1234L,
                new UploadTime.Stated(Instant.parse("2026-10-01T00:00:00.123456Z")),
                ">=3.9",
                new Yank.Yanked("broken"),
                new MetadataFile.Hashed(B),
                "https://index.test/integrity/six/1.0/provenance"),
            plain("six-1.0.tar.gz", A));

    HeldProject recorded = record(source, null, page, T0);

    assertThat(catalog.project(source, SIX)).contains(recorded);
    assertThat(catalog.fileAt(source, "a/six-1.0-py3-none-any.whl").map(PlacedFile::project))
        .contains(SIX);
  }

  @Test
  void who_requires_a_project_is_told_by_its_newest_release_that_does() throws Exception {
    Catalog catalog = catalog();
    SourceId source = catalog.source(URI.create("https://index.test/simple/"), T0);
    ProjectName bucket = ProjectName.of("bucket").orElseThrow();
    learn(catalog, source, bucket, "9.0", "Requires-Dist: Six>=1.0");
    learn(
        catalog,
        source,
        bucket,
        "10.0",
        "Requires-Dist: six>=1.5\nRequires-Dist: six[x]; extra == 'a'\nRequires-Dist: !!");
    learn(catalog, source, bucket, "11.0", "Requires-Dist: rope");
    learn(catalog, source, SIX, "1.0", "Requires-Dist: rope");

    assertThat(catalog.dependencies().on(SIX, 10))
        .containsExactly(new Dependent("bucket", "10.0", "six>=1.5\nsix[x]; extra == \"a\""));
    learn(catalog, source, bucket, "10.0", "Summary: needs nothing any more");
    assertThat(catalog.dependencies().on(SIX, 10))
        .containsExactly(new Dependent("bucket", "9.0", "Six>=1.0"));
    assertThat(catalog.dependencies().on(ProjectName.of("rope").orElseThrow(), 1)).hasSize(1);
  }

  private static void learn(
      Catalog catalog, SourceId source, ProjectName project, String version, String headers)
      throws Exception {
    byte[] bytes =
        ("Metadata-Version: 2.2\nName: x\nVersion: " + version + "\n" + headers + "\n")
            .getBytes(StandardCharsets.UTF_8);
    catalog
        .dependencies()
        .learn(source, project, MetadataDocument.parse(bytes).toOptional().orElseThrow());
  }

  @Test
  void a_file_without_a_stated_upload_time_keeps_the_time_of_its_first_sighting() throws Exception {
    Catalog catalog = catalog();
    SourceId source = catalog.source(URI.create("https://index.test/simple/"), T0);
    HeldProject first = record(source, null, page(plain("six-1.0.tar.gz", A)), T0);

    HeldProject second =
        record(source, first, page(plain("six-1.0.tar.gz", A), plain("six-1.1.tar.gz", B)), T1);

    assertThat(second.files().stream().map(file -> file.entry().uploadTime()))
        .containsExactly(new UploadTime.FirstSeen(T0), new UploadTime.FirstSeen(T1));
  }

  @Test
  void a_file_that_vanishes_is_kept_as_gone_with_its_time_and_an_event() throws Exception {
    Catalog catalog = catalog();
    SourceId source = catalog.source(URI.create("https://index.test/simple/"), T0);
    HeldProject first =
        record(source, null, page(plain("six-1.0.tar.gz", A), plain("six-1.1.tar.gz", B)), T0);

    HeldProject second = record(source, first, page(plain("six-1.0.tar.gz", A)), T1);

    assertThat(second.listed()).hasSize(1);
    assertThat(catalog.fileAt(source, "a/six-1.1.tar.gz").orElseThrow().file().goneSince())
        .isEqualTo(T1);
    assertThat(catalog.newestEvents(10))
        .containsExactly(new Event("six", "six-1.1.tar.gz", T1, "gone", ""));
  }

  @Test
  void a_file_that_comes_back_is_listed_again_and_its_absence_told() throws Exception {
    Catalog catalog = catalog();
    SourceId source = catalog.source(URI.create("https://index.test/simple/"), T0);
    ProjectPage both = page(plain("six-1.0.tar.gz", A), plain("six-1.1.tar.gz", B));
    HeldProject first = record(source, null, both, T0);
    HeldProject second = record(source, first, page(plain("six-1.0.tar.gz", A)), T1);

    HeldProject third = record(source, second, both, T2);

    assertThat(third.listed()).hasSize(2);
    assertThat(catalog.newestEvents(10).getFirst())
        .isEqualTo(new Event("six", "six-1.1.tar.gz", T2, "returned", "gone since " + T1));
  }

  @Test
  void one_name_with_another_digest_is_another_file() throws Exception {
    Catalog catalog = catalog();
    SourceId source = catalog.source(URI.create("https://index.test/simple/"), T0);
    HeldProject first = record(source, null, page(plain("six-1.0.tar.gz", A)), T0);

    record(source, first, page(plain("six-1.0.tar.gz", B)), T1);

    assertThat(catalog.fileAt(source, "a/six-1.0.tar.gz").orElseThrow().file().sha256())
        .contains(B);
    assertThat(catalog.newestEvents(10))
        .contains(new Event("six", "six-1.0.tar.gz", T1, "gone", ""));
  }

  @Test
  void a_change_and_its_leaf_commit_together() throws Exception {
    Catalog catalog = catalog();
    SourceId source = catalog.source(URI.create("https://index.test/simple/"), T0);
    HeldProject first = record(source, null, page(plain("six-1.0.tar.gz", A)), T0);
    PageChange outdated =
        PageChange.between(
            null, SIX, page(plain("six-2.0.tar.gz", B)), MEMORY, CatalogContract::path, T1);

    boolean took = write(source, outdated, "late");

    assertThat(took).isFalse();
    assertThat(catalog.project(source, SIX)).contains(first);
    assertThat(new Ledger(database()).newest(10)).containsExactly(leaf("six", T0));
  }

  @Test
  void of_many_that_decide_on_the_same_state_one_wins_and_the_others_are_told() throws Exception {
    Catalog catalog = catalog();
    SourceId source = catalog.source(URI.create("https://index.test/simple/"), T0);
    HeldProject first = record(source, null, page(plain("six-1.0.tar.gz", A)), T0);
    List<Callable<Boolean>> attempts = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      PageChange change =
          PageChange.between(
              first,
              SIX,
              page(plain("six-1." + i + ".tar.gz", B)),
              MEMORY,
              CatalogContract::path,
              T1);
      attempts.add(() -> write(source, change, "six"));
    }

    int won = 0;
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> attempt : pool.invokeAll(attempts)) {
        won += attempt.get() ? 1 : 0;
      }
    }

    assertThat(won).isEqualTo(1);
    assertThat(catalog.project(source, SIX).orElseThrow().revision()).isEqualTo(2);
  }

  @Test
  void a_project_that_its_source_no_longer_knows_is_gone_with_all_its_files() throws Exception {
    Catalog catalog = catalog();
    SourceId source = catalog.source(URI.create("https://index.test/simple/"), T0);
    record(source, null, page(plain("six-1.0.tar.gz", A)), T0);

    boolean first = database().<Boolean>write(tx -> Catalog.gone(tx, source, SIX, T1));
    boolean second = database().<Boolean>write(tx -> Catalog.gone(tx, source, SIX, T2));

    assertThat(first).isTrue();
    assertThat(second).isFalse();

    assertThat(catalog.project(source, SIX).orElseThrow().goneSince()).isEqualTo(T1);
    assertThat(catalog.fileAt(source, "a/six-1.0.tar.gz").orElseThrow().file().goneSince())
        .isEqualTo(T1);
  }

  @Test
  void another_url_is_another_source() throws Exception {
    Catalog catalog = catalog();
    SourceId one = catalog.source(URI.create("https://one.test/simple/"), T0);
    SourceId other = catalog.source(URI.create("https://other.test/simple/"), T0);
    record(one, null, page(plain("six-1.0.tar.gz", A)), T0);

    assertThat(other).isNotEqualTo(one);
    assertThat(catalog.source(URI.create("https://one.test/simple/"), T1)).isEqualTo(one);
    assertThat(catalog.project(other, SIX)).isEqualTo(Optional.empty());
  }

  @Test
  void a_path_belongs_to_the_page_that_listed_it_first() throws Exception {
    Catalog catalog = catalog();
    SourceId source = catalog.source(URI.create("https://index.test/simple/"), T0);
    record(source, null, page(plain("six-1.0.tar.gz", A)), T0);
    ProjectName other = ProjectName.of("evil").orElseThrow();
    PageChange change =
        PageChange.between(
            null, other, page(plain("six-1.0.tar.gz", B)), MEMORY, CatalogContract::path, T1);
    assertThat(write(source, change, "evil")).isTrue();

    assertThat(catalog.fileAt(source, "a/six-1.0.tar.gz").map(PlacedFile::project)).contains(SIX);
  }

  @Test
  void learned_sizes_fill_gaps_and_outlast_the_next_page() throws Exception {
    Catalog catalog = catalog();
    SourceId source = catalog.source(URI.create("https://index.test/simple/"), T0);
    record(source, null, page(plain("six-1.0.tar.gz", A)), T0);

    catalog.learnSizes(source, SIX, Map.of("a/six-1.0.tar.gz", 77L));
    HeldProject held = catalog.project(source, SIX).orElseThrow();
    record(source, held, page(plain("six-1.0.tar.gz", A), plain("six-1.1.tar.gz", B)), T1);

    assertThat(catalog.fileAt(source, "a/six-1.0.tar.gz").orElseThrow().file().entry().size())
        .isEqualTo(77L);
  }

  @Test
  void metadata_read_from_the_wheel_outranks_what_lay_beside_it() throws Exception {
    Catalog catalog = catalog();
    SourceId source = catalog.source(URI.create("https://index.test/simple/"), T0);

    catalog.learnMetadata(source, "wheel", A, "beside", T0);
    catalog.learnMetadata(source, "wheel", B, "wheel", T1);
    catalog.learnMetadata(source, "wheel", A, "ranges", T2);

    assertThat(catalog.metadataOf(source, "wheel")).contains(B);
    assertThat(catalog.named(List.of(A, B))).isEqualTo(Set.of(B));
  }

  @Test
  void a_page_of_an_earlier_day_is_the_page_of_that_day() throws Exception {
    Catalog catalog = catalog();
    Histories histories = new Histories(database());
    SourceId source = catalog.source(URI.create("https://index.test/simple/"), T0);
    FileEntry old =
        plain("six-1.0.tar.gz", A)
            .withUploadTime(new UploadTime.Stated(Instant.parse("2026-10-01T08:00:00.123456Z")));
    FileEntry backdated =
        plain("six-1.1.tar.gz", B)
            .withUploadTime(new UploadTime.Stated(Instant.parse("2026-10-02T08:00:00Z")));
    Instant nextDay = T0.plusSeconds(86_400);
    HeldProject first = record(source, null, page(old), T0);
    HeldProject second = record(source, first, page(old, backdated), nextDay);
    record(source, second, page(backdated), nextDay.plusSeconds(86_400));

    assertThat(filesOn(histories, source, "2026-09-30")).isEmpty();
    assertThat(filesOn(histories, source, "2026-10-01")).containsExactly("six-1.0.tar.gz");
    assertThat(filesOn(histories, source, "2026-11-01")).containsExactly("six-1.0.tar.gz");
    assertThat(filesOn(histories, source, "2026-11-02"))
        .containsExactly("six-1.0.tar.gz", "six-1.1.tar.gz");
    assertThat(filesOn(histories, source, "2026-11-03")).containsExactly("six-1.1.tar.gz");
    LocalDate day = LocalDate.parse("2026-11-01");
    assertThat(histories.fileAt(source, "a/six-1.0.tar.gz", day).map(PlacedFile::project))
        .contains(SIX);
    assertThat(histories.fileAt(source, "a/six-1.1.tar.gz", day)).isEmpty();
    assertThat(histories.fileAt(source, "no/such", day)).isEmpty();
    assertThat(histories.project(source, ProjectName.of("seven").orElseThrow(), day)).isEmpty();
  }

  @Test
  void a_project_that_is_gone_has_its_earlier_days() throws Exception {
    Catalog catalog = catalog();
    Histories histories = new Histories(database());
    SourceId source = catalog.source(URI.create("https://index.test/simple/"), T0);
    record(source, null, page(plain("six-1.0.tar.gz", A)), T0);
    Instant nextDay = T0.plusSeconds(86_400);
    database().<Boolean>write(tx -> Catalog.gone(tx, source, SIX, nextDay));

    assertThat(filesOn(histories, source, "2026-11-01")).containsExactly("six-1.0.tar.gz");
    assertThat(filesOn(histories, source, "2026-11-02")).isEmpty();
  }

  private static List<String> filesOn(Histories histories, SourceId source, String day)
      throws Exception {
    return histories.project(source, SIX, LocalDate.parse(day)).orElseThrow().listed().stream()
        .map(file -> file.entry().filename())
        .toList();
  }

  private Catalog catalog() throws Exception {
    database = Database.open(settings(), new Migrations("db/house", "house_history"));
    return new Catalog(database);
  }

  private Database database() {
    if (database == null) {
      throw new IllegalStateException("not open");
    }
    return database;
  }

  private HeldProject record(
      SourceId source, @Nullable HeldProject before, ProjectPage page, Instant at)
      throws Exception {
    PageChange change = PageChange.between(before, SIX, page, MEMORY, CatalogContract::path, at);
    assertThat(write(source, change, "six")).isTrue();
    return change.after();
  }

  private boolean write(SourceId source, PageChange change, String subject) throws Exception {
    Leaf leaf = leaf(subject, change.after().confirmed());
    return database()
        .<Boolean>write(tx -> {
          boolean took = Catalog.record(tx, source, change);
          if (took) {
            Ledger.pend(tx, leaf);
          }
          return took;
        });
  }

  private static Leaf leaf(String subject, Instant at) {
    return Leaf.of("page", subject, at, Map.of());
  }

  private static String path(String url) {
    return URI.create(url).getPath().substring(1);
  }

  private static ProjectPage page(FileEntry... files) {
    return new ProjectPage(
        "six",
        new ProjectStatus(ProjectStatus.State.ACTIVE, ""),
        List.of("1.0"),
        List.of(files),
        42L);
  }

  private static FileEntry plain(String filename, Sha256 sha256) {
    return new FileEntry(
        filename,
        "https://files.test/a/" + filename,
        Map.of("sha256", sha256.hex()),
        null,
        new UploadTime.Unstated(),
        null,
        new Yank.Not(),
        new MetadataFile.Unstated(),
        null);
  }
}
