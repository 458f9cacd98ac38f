package dev.wellhead.bench.catalog;

import dev.wellhead.core.pypi.FileEntry;
import dev.wellhead.core.pypi.MetadataFile;
import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.ProjectPage;
import dev.wellhead.core.pypi.ProjectStatus;
import dev.wellhead.core.pypi.UploadTime;
import dev.wellhead.core.pypi.Yank;
import dev.wellhead.server.catalog.Catalog;
import dev.wellhead.server.catalog.PageChange;
import dev.wellhead.server.catalog.PageMemory;
import dev.wellhead.server.catalog.SourceId;
import dev.wellhead.server.db.Database;
import dev.wellhead.server.db.DatabaseFault;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Fills a catalog with invented projects, all of them confirmed by their source at one moment.
public final class Seed {
  private static final int BATCH = 2_000;
  private static final Instant UPLOADED = Instant.parse("2026-01-02T03:04:05Z");
  private static final PageMemory MEMORY = new PageMemory(null, null, "00".repeat(32));

  private final Database database;
  private final URI index;
  private final Instant now;

  /// @param index the source that the projects are held of
  public Seed(Database database, URI index, Instant now) {
    this.database = database;
    this.index = index;
    this.now = now;
  }

  /// Adds `count` projects of two files and, for each of `large`, the project `files-N` of as many
  /// files; gives the names of the small ones.
  public List<String> projects(int count, List<Integer> large) throws DatabaseFault {
    SourceId source = new Catalog(database).source(index, now);
    InventedNames names = new InventedNames(20261124);
    Set<String> taken = new LinkedHashSet<>();
    while (taken.size() < count) {
      taken.add(names.next());
    }
    List<String> all = List.copyOf(taken);
    for (int from = 0; from < count; from += BATCH) {
      record(source, all.subList(from, Math.min(count, from + BATCH)), 2);
    }
    for (int files : large) {
      record(source, List.of("files-" + files), files);
    }
    return all;
  }

  private void record(SourceId source, List<String> names, int files) throws DatabaseFault {
    List<PageChange> changes = names.stream().map(name -> change(name, files)).toList();
    database.<Integer>write(tx -> {
      for (PageChange change : changes) {
        if (!Catalog.record(tx, source, change)) {
          throw new IllegalStateException(change.after().name() + " was there already");
        }
      }
      return changes.size();
    });
  }

  private PageChange change(String name, int files) {
    List<FileEntry> entries = new ArrayList<>();
    List<String> versions = new ArrayList<>();
    for (int i = 0; i < files; i++) {
      String version = "1." + i / 2;
      String filename =
          name.replace('-', '_') + "-" + version + (i % 2 == 0 ? "-py3-none-any.whl" : ".tar.gz");
      String hash = hex(name.hashCode(), i);
      if (i % 2 == 0) {
        versions.add(version);
      }
      entries.add(
          new FileEntry(
              filename,
              "https://files.example.com/packages/" + hash.substring(0, 2) + "/" + filename,
              Map.of("sha256", hash),
              12_345L + i,
              new UploadTime.Stated(UPLOADED),
              ">=3.9",
              new Yank.Not(),
              i % 2 == 0 ? new MetadataFile.Announced() : new MetadataFile.Absent(),
              null));
    }
    return PageChange.between(
        null,
        ProjectName.of(name).orElseThrow(),
        new ProjectPage(
            name, new ProjectStatus(ProjectStatus.State.ACTIVE, ""), versions, entries, null),
        MEMORY,
        url -> URI.create(url).getPath().substring(1),
        now);
  }

  private static String hex(int name, int file) {
    return String.format(Locale.ROOT, "%08x%08x", name, file).repeat(4);
  }
}
