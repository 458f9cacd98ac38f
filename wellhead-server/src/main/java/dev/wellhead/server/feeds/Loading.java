package dev.wellhead.server.feeds;

import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.server.db.Database;
import dev.wellhead.server.db.DatabaseFault;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Loads one feed once, from wherever it lies.
final class Loading {
  private static final Set<String> JSON = Set.of(".json");
  private static final Set<String> YAML = Set.of(".yaml", ".yml");
  private static final int MOST_SINGLE = 5_000;
  private static final int MOST_ASKED_FOR = 200;
  private static final int LONGEST_RECORD = 4 << 20;
  private static final Duration WHOLE_EVERY = Duration.ofDays(7);

  private final Database database;
  private final Downloads downloads;
  private final FeedListener listener;
  private final FeedRow before;
  private final Instant now;

  /// What came of it, for the feed's row.
  ///
  /// @param confirmed when what is held was what the source has
  /// @param isWhole whether all of it was read
  /// @param touched for lists: the projects concerned
  /// @param touchesAll for lists: whether any project may be concerned
  record Outcome(
      Load load,
      Instant confirmed,
      boolean isWhole,
      String stamp,
      @Nullable Instant newest,
      Set<ProjectName> touched,
      boolean touchesAll) {}

  Loading(
      Database database, Downloads downloads, FeedListener listener, FeedRow before, Instant now) {
    this.database = database;
    this.downloads = downloads;
    this.listener = listener;
    this.before = before;
    this.now = now;
  }

  /// Loads from a path or a URL.
  Outcome from(String source) throws FeedRefusedException, DatabaseFault, IOException {
    return isUrl(source) ? fromUrl(URI.create(source)) : fromPath(Path.of(source));
  }

  /// Whether `source` is a URL, and no path.
  static boolean isUrl(String source) {
    String lower = source.toLowerCase(Locale.ROOT);
    return lower.startsWith("https://") || lower.startsWith("http://");
  }

  private Outcome fromPath(Path path) throws FeedRefusedException, DatabaseFault, IOException {
    if (!Files.exists(path)) {
      throw new FeedRefusedException("There is no file or folder " + path + ".");
    }
    Instant confirmed = now;
    // A file that nobody brings up to date must not look current because it is read again and
    // again. A block list is its owner's, and says what it says until somebody changes it.
    if (Files.isRegularFile(path) && before.kind() != FeedKind.BLOCKLIST) {
      Instant written = Files.getLastModifiedTime(path).toInstant();
      confirmed = written.isBefore(now) ? written : now;
    }
    return whole(path, confirmed);
  }

  private Outcome fromUrl(URI url) throws FeedRefusedException, DatabaseFault, IOException {
    boolean isDue =
        before.whole() == null
            || before.whole().plus(WHOLE_EVERY).isBefore(now)
            || !before.source().equals(url.toString());
    if (before.kind() == FeedKind.OSV && !isDue && url.getPath().endsWith(".zip")) {
      Outcome changes = changes(url.resolve("."));
      if (changes != null) {
        return changes;
      }
    }
    Path file = downloads.file(url, before.name());
    try {
      return whole(file, now);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private Outcome whole(Path path, Instant confirmed)
      throws FeedRefusedException, DatabaseFault, IOException {
    String stamp = Files.isDirectory(path) ? "" : stamp(path);
    if (!stamp.isEmpty() && stamp.equals(before.stamp())) {
      Load load = new Load(before.name(), 0, 0, 0, 0, 0, before.counts().broken(), held());
      return new Outcome(load, confirmed, true, stamp, before.newest(), Set.of(), false);
    }
    if (!before.kind().isAdvisories()) {
      ListLoad.Outcome list = new ListLoad(database, before.name(), before.kind(), now).load(path);
      return new Outcome(list.load(), confirmed, true, stamp, null, list.touched(), list.all());
    }
    AdvisoryLoad load = new AdvisoryLoad(database, before.name(), before.kind(), now, listener);
    Set<String> endings = before.kind() == FeedKind.PYPA ? YAML : JSON;
    new RecordFiles(endings, RecordFiles.Bounds.USUAL).each(path, load);
    load.endWhole();
    return new Outcome(load.outcome(), confirmed, true, stamp, load.newest(), Set.of(), false);
  }

  /// Brings what the list of changes at `base` names; null where there is none, or so much has
  /// changed that all of it is read better.
  private @Nullable Outcome changes(URI base) throws FeedRefusedException, DatabaseFault {
    AdvisoryLoad load = new AdvisoryLoad(database, before.name(), before.kind(), now, listener);
    ChangeList list = new ChangeList();
    Boolean came =
        downloads.read(
            base.resolve("modified_id.csv"),
            body -> {
              list.read(body, load.known(), MOST_SINGLE);
              return true;
            });
    if (came == null || list.changes().size() > MOST_SINGLE) {
      return null;
    }
    for (ChangeList.Change change : list.changes()) {
      byte[] record = record(base, change.id());
      if (record != null) { // else the list is ahead of the records, and says so again next time
        load.listedAt(change.at());
        load.take(change.id() + ".json", record);
      }
    }
    load.listedAt(Instant.EPOCH);
    load.endParts(gone(base, load));
    return new Outcome(load.outcome(), now, false, before.stamp(), load.newest(), Set.of(), false);
  }

  /// The records that are gone, once the source was asked for each: a record that was withdrawn can
  /// be missing from the list, and still be there.
  private List<String> gone(URI base, AdvisoryLoad load)
      throws FeedRefusedException, DatabaseFault {
    List<String> missing = new ArrayList<>();
    for (Map.Entry<String, KnownRecord> known : load.known().entrySet()) {
      if (!known.getValue().isSeen() && known.getValue().mark() == KnownRecord.Mark.IN_FORCE) {
        missing.add(known.getKey());
      }
    }
    List<String> gone = new ArrayList<>();
    for (String id : missing) {
      byte[] record = missing.size() > MOST_ASKED_FOR ? null : record(base, id);
      if (record == null) {
        gone.add(id);
      } else {
        load.take(id + ".json", record);
      }
    }
    return gone;
  }

  private byte @Nullable [] record(URI base, String id) throws FeedRefusedException {
    return downloads.read(
        base.resolve(URI.create("./" + id.replace(":", "%3A") + ".json")),
        body -> body.readNBytes(LONGEST_RECORD));
  }

  private long held() {
    return before.counts().records();
  }

  private static String stamp(Path file) throws IOException {
    java.security.MessageDigest sha256 = Digest.sha256();
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        sha256.update(buffer, 0, read);
      }
    }
    return HexFormat.of().formatHex(sha256.digest());
  }
}
