package dev.wellhead.server.catalog;

import dev.wellhead.core.pypi.FileEntry;
import dev.wellhead.core.pypi.MetadataFile;
import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.ProjectPage;
import dev.wellhead.core.pypi.UploadTime;
import dev.wellhead.core.pypi.Yank;
import dev.wellhead.server.catalog.FileChange.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The difference between what is held of a project and what its source says now: a pure decision
/// that [Catalog#record] carries out.
///
/// @param before the revision that it was made from, 0 where nothing was held
/// @param after what is to be held
public record PageChange(
    long before, HeldProject after, List<FileChange> files, boolean isVisible) {

  /// Compares `page` with what was `held`.
  ///
  /// What the source does not state but was learned here stays: the size of a file that it gives no
  /// size for. A file whose upload time it does not state has the time at which it was first seen,
  /// marked as ours.
  ///
  /// @param pathOf where a file of the source's URL is served
  public static PageChange between(
      @Nullable HeldProject held,
      ProjectName name,
      ProjectPage page,
      PageMemory memory,
      Function<String, String> pathOf,
      Instant now) {
    Map<String, HeldFile> known = new LinkedHashMap<>();
    Map<String, Integer> places = new HashMap<>();
    if (held != null) {
      for (HeldFile file : held.files()) {
        places.put(key(file), places.size());
        known.put(key(file), file);
      }
    }
    Set<String> handled = new HashSet<>();
    List<HeldFile> files = new ArrayList<>();
    List<FileChange> changes = new ArrayList<>();
    for (FileEntry entry : page.files()) {
      String path = pathOf.apply(entry.url());
      String key = entry.filename() + '/' + HeldFile.identity(entry, path);
      if (!handled.add(key)) {
        continue; // listed twice, one and the same
      }
      HeldFile before = known.remove(key);
      HeldFile after = merge(before, entry, path, now);
      describe(before, after, Objects.equals(places.get(key), files.size()), changes);
      files.add(after);
    }
    for (HeldFile missed : known.values()) {
      HeldFile gone =
          missed.goneSince() != null
              ? missed
              : new HeldFile(missed.entry(), missed.path(), missed.firstSeen(), now);
      describe(missed, gone, Objects.equals(places.get(key(missed)), files.size()), changes);
      files.add(gone);
    }
    long before = held == null ? 0 : held.revision();
    HeldProject after =
        new HeldProject(
            name,
            page.status(),
            page.versions(),
            page.lastSerial(),
            files,
            now,
            null,
            memory,
            before + 1);
    return new PageChange(before, after, List.copyOf(changes), isVisible(held, after, changes));
  }

  /// What a person should hear of: files that are gone, came back or are not what they were.
  public List<String> notices() {
    return files.stream()
        .filter(change -> change.kind() != Kind.SEEN && change.kind() != Kind.MOVED)
        .map(change ->
            change.file().entry().filename()
                + " "
                + change.kind().word()
                + (change.detail().isEmpty() ? "" : ": " + change.detail()))
        .toList();
  }

  private static boolean isVisible(
      @Nullable HeldProject held, HeldProject after, List<FileChange> changes) {
    return held == null
        || held.goneSince() != null
        || !held.status().equals(after.status())
        || !held.versions().equals(after.versions())
        || !changes.isEmpty();
  }

  private static HeldFile merge(
      @Nullable HeldFile before, FileEntry entry, String path, Instant now) {
    Instant firstSeen = before == null ? now : before.firstSeen();
    Long size = entry.size() != null || before == null ? entry.size() : before.entry().size();
    UploadTime uploaded =
        entry.uploadTime() instanceof UploadTime.Stated
            ? entry.uploadTime()
            : new UploadTime.FirstSeen(firstSeen);
    FileEntry timed = entry.withUploadTime(uploaded);
    FileEntry merged = size == null ? timed : timed.withSize(size);
    return new HeldFile(merged, path, firstSeen, null);
  }

  static void describe(
      @Nullable HeldFile before, HeldFile after, boolean samePlace, List<FileChange> changes) {
    if (before == null) {
      changes.add(new FileChange(after, Kind.SEEN, ""));
    } else if (before.goneSince() == null && after.goneSince() != null) {
      changes.add(new FileChange(after, Kind.GONE, ""));
    } else if (before.goneSince() != null && after.goneSince() == null) {
      changes.add(new FileChange(after, Kind.RETURNED, "gone since " + before.goneSince()));
    } else if (!before.equals(after)) {
      changes.add(new FileChange(after, Kind.CHANGED, difference(before, after)));
    } else if (!samePlace) {
      changes.add(new FileChange(after, Kind.MOVED, ""));
    }
  }

  private static String difference(HeldFile before, HeldFile after) {
    FileEntry was = before.entry();
    FileEntry is = after.entry();
    List<String> words = new ArrayList<>();
    compare("yanked", yank(was.yank()), yank(is.yank()), words);
    compare("hashes", was.hashes(), is.hashes(), words);
    compare("size", was.size(), is.size(), words);
    compare("upload-time", was.uploadTime(), is.uploadTime(), words);
    compare("requires-python", was.requiresPython(), is.requiresPython(), words);
    compare("metadata", metadata(was.metadataFile()), metadata(is.metadataFile()), words);
    compare("provenance", was.provenance(), is.provenance(), words);
    compare("url", was.url(), is.url(), words);
    return String.join("; ", words);
  }

  private static void compare(
      String what, @Nullable Object was, @Nullable Object is, List<String> words) {
    if (!Objects.equals(was, is)) {
      words.add(what + ": " + was + " -> " + is);
    }
  }

  private static String yank(Yank yank) {
    return switch (yank) {
      case Yank.Not _ -> "no";
      case Yank.Yanked(String reason) -> "yes (" + reason + ")";
    };
  }

  private static String metadata(MetadataFile metadata) {
    return switch (metadata) {
      case MetadataFile.Unstated _ -> "unstated";
      case MetadataFile.Absent _ -> "absent";
      case MetadataFile.Announced _ -> "announced";
      case MetadataFile.Hashed hashed -> hashed.sha256().hex();
    };
  }

  private static String key(HeldFile file) {
    return file.entry().filename() + '/' + file.identity();
  }
}
