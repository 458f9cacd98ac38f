package dev.wellhead.server.feeds;

import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.server.db.Database;
import dev.wellhead.server.db.DatabaseFault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Brings a list to what a file has: what is new first, then what is no longer in it.
final class ListLoad {
  private static final int BATCH = 1_000;

  private final Database database;
  private final String feed;
  private final FeedKind kind;
  private final Instant now;

  /// @param touched the projects that the list says something else of than before
  /// @param all whether it can concern any project
  record Outcome(Load load, Set<ProjectName> touched, boolean all) {}

  ListLoad(Database database, String feed, FeedKind kind, Instant now) {
    this.database = database;
    this.feed = feed;
    this.kind = kind;
    this.now = now;
  }

  Outcome load(Path from) throws FeedRefusedException, DatabaseFault, IOException {
    ListReader reader = new ListReader(kind);
    try (InputStream in = Files.newInputStream(from)) {
      reader.read(in);
    }
    Map<Entry.Key, Entry> wanted = reader.entries();
    if (wanted.isEmpty() && (kind != FeedKind.BLOCKLIST || reader.brokenCount() > 0)) {
      throw new FeedRefusedException(
          "It holds no entry that could be read: is it the right file, and of kind "
              + kind.word()
              + "?");
    }
    Map<Entry.Key, Entry> held = database.read(tx -> EntryRows.of(tx, feed));
    List<Entry> put = new ArrayList<>();
    long added = 0;
    for (Entry entry : wanted.values()) {
      Entry before = held.remove(entry.key());
      if (!entry.equals(before)) {
        put.add(entry);
        added += before == null ? 1 : 0;
      }
    }
    for (List<Entry> some : parts(put)) {
      database.write(tx -> EntryRows.put(tx, feed, some, now));
    }
    for (List<Entry.Key> some : parts(List.copyOf(held.keySet()))) {
      database.write(tx -> EntryRows.remove(tx, feed, some));
    }
    database.write(tx -> BrokenRows.replace(tx, feed, reader.broken(), now));
    Load load =
        new Load(
            feed,
            reader.read(),
            added,
            put.size() - added + held.size(),
            held.size(),
            0,
            reader.brokenCount(),
            wanted.size());
    return outcome(load, put, held.keySet());
  }

  /// A block names its project; any other list can concern every project.
  private Outcome outcome(Load load, List<Entry> put, Set<Entry.Key> gone) {
    Set<ProjectName> projects = new HashSet<>();
    boolean all = false;
    List<Entry.Key> keys = new ArrayList<>(gone);
    put.forEach(entry -> keys.add(entry.key()));
    for (Entry.Key key : keys) {
      boolean isProject = kind == FeedKind.BLOCKLIST && !key.subject().startsWith("sha256:");
      if (isProject) {
        ProjectName.of(key.subject()).ifPresent(projects::add);
      } else {
        all = true;
      }
    }
    return new Outcome(load, Set.copyOf(projects), all);
  }

  private static <T> List<List<T>> parts(List<T> all) {
    List<List<T>> parts = new ArrayList<>();
    for (int from = 0; from < all.size(); from += BATCH) {
      parts.add(all.subList(from, Math.min(all.size(), from + BATCH)));
    }
    return parts;
  }
}
