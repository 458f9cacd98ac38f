package dev.wellhead.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.core.pypi.FileEntry;
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
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What this index decides itself, and what is asked of all rows, on a real database.
abstract class HostingContract {
  private static final Instant T0 = Instant.parse("2026-11-01T12:00:00Z");
  private static final Instant T1 = T0.plusSeconds(86_400);
  private static final Instant T2 = T1.plusSeconds(86_400);
  private static final ProjectName ACME = ProjectName.of("acme").orElseThrow();
  private static final ProjectName SIX = ProjectName.of("six").orElseThrow();
  private static final Sha256 A = new Sha256("aa".repeat(32));
  private static final Sha256 B = new Sha256("bb".repeat(32));
  private static final Sha256 M = new Sha256("cc".repeat(32));
  private static final Sha256 LEARNED = new Sha256("dd".repeat(32));

  private Database database;
  private Catalog catalog;
  private SourceId hosted;
  private SourceId other;

  abstract DatabaseSettings settings();

  @BeforeEach
  void open() throws Exception {
    database = Database.open(settings(), new Migrations("db/house", "house_history"));
    catalog = new Catalog(database);
    hosted = database.<SourceId>write(tx -> Hosting.source(tx, T0));
    other = catalog.source(URI.create("https://index.test/simple/"), T0);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void hosted_files_come_are_yanked_and_removed_and_each_day_keeps_its_own() throws Exception {
    OwnChanges changes = new OwnChanges(database, () -> T0);
    long before = changes.look();
    host(file("acme-1.0.tar.gz", A), T0);
    host(file("acme-1.1.dev1.tar.gz", B), T0);
    PageChange yank =
        Hosting.yanking(acme(), "acme-1.0.tar.gz", new Yank.Yanked("bad"), T1).orElseThrow();
    assertThat(write(yank)).isTrue();
    assertThat(write(yank)).isFalse(); // decided on what is no longer so
    PageChange removal =
        Hosting.removing(acme(), Set.of("acme-1.1.dev1.tar.gz"), "had its time", T2).orElseThrow();
    assertThat(write(removal)).isTrue();
    PageChange status =
        Hosting.standing(acme(), new ProjectStatus(ProjectStatus.State.ARCHIVED, "done"), T2)
            .orElseThrow();
    assertThat(write(status)).isTrue();
    changes.expire();

    assertThat(acme().listed()).hasSize(1);
    assertThat(acme().versions()).containsExactly("1.0");
    assertThat(changes.look()).isGreaterThan(before);
    assertThat(catalog.names(hosted)).containsExactly("acme");
    assertThat(
            new Histories(database)
                .project(hosted, ACME, LocalDate.parse("2026-11-02"))
                .orElseThrow()
                .files())
        .hasSize(2);
    assertThat(catalog.eventsOf(ACME, 10))
        .extracting(Event::detail)
        .contains("had its time", "status: archived (done)");
    assertThat(
            Hosting.adding(acme(), ACME, ProjectStatus.ACTIVE, List.of(removedAgain()), T2).fates())
        .containsExactly(new Hosting.Fate.Taken(B.hex(), T2));
  }

  @Test
  void reserved_names_shadow_what_is_in_use_elsewhere() throws Exception {
    seen(SIX, file("six-1.0.tar.gz", A));
    host(file("acme-1.0.tar.gz", B), T0);
    OwnChanges changes = new OwnChanges(database, () -> T0);
    Reserved reserved = new Reserved(database, changes);
    ReservedPattern prefix = ReservedPattern.of("Si*").orElseThrow();
    ReservedPattern one = ReservedPattern.of("s").orElseThrow();
    assertThat(database.<List<Reserved.Used>>read(tx -> Reserved.shadowed(tx, prefix)))
        .containsExactly(new Reserved.Used("six", "https://index.test/simple/", T0));
    assertThat(database.<List<Reserved.Used>>read(tx -> Reserved.shadowed(tx, one))).isEmpty();
    add(new Reservation(prefix, "ours", T0));
    add(new Reservation(one, "", T0));
    add(new Reservation(prefix, "ours again", T1));
    changes.expire();

    assertThat(reserved.all())
        .containsExactly(new Reservation(one, "", T0), new Reservation(prefix, "ours again", T0));
    assertThat(reserved.of(SIX)).isPresent();
    assertThat(database.<Boolean>write(tx -> Reserved.remove(tx, prefix))).isTrue();
    assertThat(database.<Boolean>write(tx -> Reserved.remove(tx, prefix))).isFalse();
    changes.expire();
    assertThat(reserved.of(SIX)).isEmpty();
  }

  @Test
  void held_names_come_in_portions_with_those_that_are_gone() throws Exception {
    for (String name : List.of("a-b", "ab", "a0", "b")) {
      seen(ProjectName.of(name).orElseThrow(), file(name + "-1.0.tar.gz", A));
    }
    ProjectName gone = ProjectName.of("ab").orElseThrow();
    database.<Boolean>write(tx -> Catalog.gone(tx, other, gone, T1));
    HeldNames names = new HeldNames(database);
    List<String> all = new ArrayList<>();
    List<String> next = names.next(other, "", 3);
    while (!next.isEmpty()) {
      all.addAll(next);
      next = names.next(other, next.getLast(), 3);
    }

    assertThat(all).containsExactlyInAnyOrder("a-b", "ab", "a0", "b");
    assertThat(names.count(other)).isEqualTo(4);
    assertThat(names.gone(other, all)).containsExactly("ab");
    assertThat(names.gone(other, List.of())).isEmpty();
    assertThat(catalog.counts(other)).isEqualTo(new Catalog.Counts(3, 3));
  }

  @Test
  void blobs_are_sorted_by_whose_they_are() throws Exception {
    seen(SIX, file("six-1.0.tar.gz", A, new MetadataFile.Hashed(M)));
    catalog.learnMetadata(other, A.hex() + "@somewhere", LEARNED, "ranges", T0);
    CachedBlobs cached = new CachedBlobs(database);
    Set<Sha256> all = Set.of(A, B, M, LEARNED);
    assertThat(cached.sort(all)).isEqualTo(new CachedBlobs.Sorted(Set.of(A, M, LEARNED), Set.of()));
    assertThat(catalog.named(all)).containsExactlyInAnyOrder(A, M, LEARNED);

    host(file("acme-1.0.dev1.tar.gz", A), T0);
    host(file("acme-1.0.tar.gz", B), T0);
    assertThat(cached.sort(all)).isEqualTo(new CachedBlobs.Sorted(Set.of(M, LEARNED), Set.of()));
    assertThat(named(NamedBlobs.Of.HOSTED)).containsExactlyInAnyOrder(A, B);
    assertThat(named(NamedBlobs.Of.OTHERS)).containsExactlyInAnyOrder(M, LEARNED);

    write(
        Hosting.removing(acme(), Set.of("acme-1.0.dev1.tar.gz", "acme-1.0.tar.gz"), "old", T1)
            .orElseThrow());
    assertThat(named(NamedBlobs.Of.HOSTED)).isEmpty();
    assertThat(named(NamedBlobs.Of.OTHERS)).containsExactlyInAnyOrder(A, M, LEARNED);
    assertThat(catalog.named(all)).containsExactlyInAnyOrder(A, M, LEARNED);
    assertThat(cached.sort(all)).isEqualTo(new CachedBlobs.Sorted(Set.of(A, M, LEARNED), Set.of()));

    database.<Boolean>write(tx -> Catalog.gone(tx, other, SIX, T1));
    assertThat(cached.sort(all)).isEqualTo(new CachedBlobs.Sorted(Set.of(), Set.of(A, M, LEARNED)));
  }

  @Test
  void what_is_in_quarantine_elsewhere_is_needed() throws Exception {
    ProjectPage page =
        new ProjectPage(
            "six",
            new ProjectStatus(ProjectStatus.State.QUARANTINED, ""),
            List.of(),
            List.of(file("six-1.0.tar.gz", A)),
            null);
    record(SIX, page);

    assertThat(new CachedBlobs(database).sort(Set.of(A)))
        .isEqualTo(new CachedBlobs.Sorted(Set.of(), Set.of(A)));
  }

  private List<Sha256> named(NamedBlobs.Of which) throws Exception {
    return database.read(tx -> {
      List<Sha256> named = new ArrayList<>();
      NamedBlobs.each(tx, which, named::add);
      return named;
    });
  }

  private HeldProject acme() throws Exception {
    return catalog.project(hosted, ACME).orElseThrow();
  }

  private void host(FileEntry entry, Instant at) throws Exception {
    @Nullable HeldProject held = catalog.project(hosted, ACME).orElse(null);
    PageChange change =
        Hosting.adding(held, ACME, ProjectStatus.ACTIVE, List.of(entry), at).change();
    assertThat(change != null && write(change)).isTrue();
  }

  private boolean write(PageChange change) throws Exception {
    return database.<Boolean>write(tx -> Hosting.record(tx, hosted, change));
  }

  private void add(Reservation reservation) throws Exception {
    database.<Boolean>write(tx -> {
      Reserved.add(tx, reservation);
      return true;
    });
  }

  private void seen(ProjectName name, FileEntry entry) throws Exception {
    record(
        name,
        new ProjectPage(
            name.normalized(), ProjectStatus.ACTIVE, List.of("1.0"), List.of(entry), null));
  }

  private void record(ProjectName name, ProjectPage page) throws Exception {
    PageChange change =
        PageChange.between(
            null,
            name,
            page,
            new PageMemory(null, null, ""),
            url -> URI.create(url).getPath().substring(1),
            T0);
    assertThat(database.<Boolean>write(tx -> Catalog.record(tx, other, change))).isTrue();
  }

  private static FileEntry removedAgain() {
    return file("acme-1.1.dev1.tar.gz", B);
  }

  private static FileEntry file(String filename, Sha256 sha256) {
    return file(filename, sha256, new MetadataFile.Absent());
  }

  private static FileEntry file(String filename, Sha256 sha256, MetadataFile metadata) {
    return new FileEntry(
        filename,
        "https://files.test/a/" + filename,
        Map.of("sha256", sha256.hex()),
        10L,
        new UploadTime.Stated(T0),
        null,
        new Yank.Not(),
        metadata,
        null);
  }
}
