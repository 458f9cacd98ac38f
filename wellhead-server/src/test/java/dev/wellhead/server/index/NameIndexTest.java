package dev.wellhead.server.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.core.pypi.NameSearch.Kind;
import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.ProjectPage;
import dev.wellhead.core.pypi.ProjectStatus;
import dev.wellhead.server.catalog.Catalog;
import dev.wellhead.server.catalog.HeldNames;
import dev.wellhead.server.catalog.PageChange;
import dev.wellhead.server.catalog.PageMemory;
import dev.wellhead.server.catalog.SourceId;
import dev.wellhead.server.db.Database;
import dev.wellhead.server.db.DatabaseFault;
import dev.wellhead.server.db.DatabaseSettings;
import dev.wellhead.server.db.Durability;
import dev.wellhead.server.db.Migrations;
import dev.wellhead.server.index.FoundName.Origin;
import dev.wellhead.testkit.ManualClock;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The names of all projects, over a real database and real lists.
@Timeout(60)
final class NameIndexTest {
  private static final Instant START = Instant.parse("2026-11-24T12:00:00Z");

  @TempDir private Path folder = Path.of("");
  private final ManualClock clock = new ManualClock(START);
  private final ExecutorService workshop = Executors.newFixedThreadPool(2);
  private final List<Path> lists = new ArrayList<>();
  private final Semaphore listsMayBeRead = new Semaphore(1000);
  private Database database;
  private Catalog catalog;
  private SourceId hosted;
  private SourceId upstream;

  @BeforeEach
  void open() throws Exception {
    database =
        Database.open(
            new DatabaseSettings.Sqlite(folder.resolve("house.db"), Durability.NORMAL),
            new Migrations("db/house", "house_history"));
    catalog = new Catalog(database);
    hosted = catalog.source(URI.create("hosted:here"), START);
    upstream = catalog.source(URI.create("https://index.test/simple/"), START);
  }

  @AfterEach
  void close() {
    workshop.close();
    database.close();
  }

  @Test
  void what_is_hosted_comes_before_what_was_seen_and_that_before_what_is_only_listed()
      throws Exception {
    hold(upstream, "bucket-tools");
    hold(hosted, "bucket-of-ours");
    list("bucket", "bucket-2", "bucket-tools", "six");

    assertThat(index().find("Bucket", 20))
        .isEqualTo(
            new FoundNames(
                List.of(
                    new FoundName("bucket", Kind.EXACT, Origin.LISTED, false),
                    new FoundName("bucket-of-ours", Kind.PREFIX, Origin.HOSTED, false),
                    new FoundName("bucket-tools", Kind.PREFIX, Origin.SEEN, false),
                    new FoundName("bucket-2", Kind.PREFIX, Origin.LISTED, false)),
                2,
                4));
  }

  @Test
  void a_project_that_came_since_is_found() throws Exception {
    NameIndex index = index();
    assertThat(names(index, "six")).isEmpty();

    hold(upstream, "six");

    await(index, "six", "six");
  }

  @Test
  void names_beyond_one_portion_are_found_too() throws Exception {
    SourceId many = catalog.source(URI.create("https://many.test/simple/"), START);
    database.<Integer>write(tx -> {
      var batch =
          tx.prepareBatch(
              """
              INSERT INTO project (source, name, status, status_reason, versions, first_seen_ms,
                confirmed_ms, body_sha256, revision)
              VALUES (:source, :name, 'ACTIVE', '', '', 0, 0, '', 1)
              """);
      IntStream.range(0, 20_000)
          .forEach(i -> batch.bind("source", many.value()).bind("name", "p" + i).add());
      return batch.execute().length;
    });
    NameIndex index = index(List.of(new NameIndex.Held(many, Origin.SEEN)));

    assertThat(index.find("p19999", 20).held()).isEqualTo(20_000);
    assertThat(names(index, "p19999")).startsWith("p19999");
    assertThat(index.bytes()).isBetween(150_000L, 250_000L);
  }

  @Test
  void a_list_that_is_renewed_replaces_the_one_before() throws Exception {
    list("six");
    NameIndex index = index();
    assertThat(names(index, "six")).containsExactly("six");

    lists.clear();
    list("attrs");

    await(index, "attrs", "attrs");
    assertThat(names(index, "six")).isEmpty();
  }

  @Test
  void the_names_of_before_answer_while_new_ones_are_being_read() throws Exception {
    list("six");
    NameIndex index = index();
    assertThat(names(index, "six")).containsExactly("six");

    listsMayBeRead.drainPermits();
    hold(upstream, "attrs");

    assertThat(names(index, "six")).containsExactly("six");
    assertThat(names(index, "attrs")).isEmpty();
    listsMayBeRead.release(1000);
    await(index, "attrs", "attrs");
  }

  @Test
  void a_list_that_is_damaged_or_gone_hides_nothing_else() throws Exception {
    hold(upstream, "six");
    list("attrs");
    Files.write(lists.getFirst(), new byte[] {0, -1, 13, 10, 'a', 't', 'e', 'n', -61});
    lists.add(folder.resolve("gone.names"));

    assertThat(names(index(), "six")).containsExactly("six");
  }

  @Test
  void a_project_that_its_source_no_longer_has_is_marked() throws Exception {
    hold(upstream, "six");
    database.<Boolean>write(tx -> Catalog.gone(tx, upstream, name("six"), START));

    assertThat(index().find("six", 20).found())
        .containsExactly(new FoundName("six", Kind.EXACT, Origin.SEEN, true));
  }

  @Test
  void what_is_not_shown_is_not_found() throws Exception {
    hold(hosted, "acme-core");
    list("acme-core", "acme-evil", "acme");
    NameIndex index =
        new NameIndex(
            new HeldNames(database),
            sources(),
            () -> lists,
            (name, origin) -> origin == Origin.HOSTED || !name.startsWith("acme-"),
            workshop,
            clock);

    assertThat(index.find("acme", 20).found())
        .containsExactly(
            new FoundName("acme", Kind.EXACT, Origin.LISTED, false),
            new FoundName("acme-core", Kind.PREFIX, Origin.HOSTED, false));
  }

  @Test
  void a_database_that_does_not_answer_is_a_fault_and_not_an_empty_answer() throws Exception {
    hold(upstream, "six");
    NameIndex index = index();
    database.close();

    assertThatThrownBy(() -> index.find("six", 20)).isInstanceOf(DatabaseFault.class);
  }

  @Test
  void where_looking_takes_long_it_is_done_seldom() throws Exception {
    NameIndex index =
        new NameIndex(
            new HeldNames(database),
            sources(),
            () -> {
              clock.advance(Duration.ofMillis(10));
              return lists;
            },
            (_, _) -> true,
            workshop,
            clock);
    assertThat(names(index, "six")).isEmpty();
    hold(upstream, "six");

    clock.advance(Duration.ofMillis(9_989));
    assertThat(names(index, "six")).isEmpty();
    clock.advance(Duration.ofMillis(1));
    await(index, "six", "six");
  }

  private NameIndex index() {
    return index(sources());
  }

  private NameIndex index(List<NameIndex.Held> sources) {
    return new NameIndex(
        new HeldNames(database),
        sources,
        () -> {
          listsMayBeRead.acquireUninterruptibly();
          return lists;
        },
        (_, _) -> true,
        workshop,
        clock);
  }

  private List<NameIndex.Held> sources() {
    return List.of(
        new NameIndex.Held(hosted, Origin.HOSTED), new NameIndex.Held(upstream, Origin.SEEN));
  }

  private static List<String> names(NameIndex index, String typed) throws Exception {
    return index.find(typed, 20).found().stream().map(FoundName::name).toList();
  }

  /// Searches until that is found: each search waits a moment for names that are being read.
  private static void await(NameIndex index, String typed, String... names) throws Exception {
    List<String> found = names(index, typed);
    while (!found.equals(List.of(names))) {
      found = names(index, typed);
    }
  }

  private void list(String... names) throws IOException {
    Path list = folder.resolve(List.of(names).hashCode() + ".names");
    Files.write(list, List.of(names));
    lists.add(list);
  }

  private void hold(SourceId source, String name) throws DatabaseFault {
    ProjectPage page =
        new ProjectPage(
            name, new ProjectStatus(ProjectStatus.State.ACTIVE, ""), List.of(), List.of(), null);
    PageChange change =
        PageChange.between(
            null,
            name(name),
            page,
            new PageMemory(null, null, "00".repeat(32)),
            url -> url,
            clock.instant());
    database.<Boolean>write(tx -> Catalog.record(tx, source, change));
  }

  private static ProjectName name(String name) {
    return ProjectName.of(name).orElseThrow();
  }
}
