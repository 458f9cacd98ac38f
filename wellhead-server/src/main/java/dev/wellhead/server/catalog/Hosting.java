package dev.wellhead.server.catalog;

import dev.wellhead.core.pypi.DistributionFilename;
import dev.wellhead.core.pypi.FileEntry;
import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.ProjectStatus;
import dev.wellhead.core.pypi.Sha256;
import dev.wellhead.core.pypi.UploadTime;
import dev.wellhead.core.pypi.Version;
import dev.wellhead.core.pypi.Yank;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The projects that are at home here, in the same tables as those of other indexes.
///
/// A change is gathered, decided and recorded as one of an upstream's page is: [#held] reads,
/// [#adding], [#yanking] and [#standing] decide, [#record] writes in the caller's transaction,
/// where the ledger's leaf is written too. Where somebody was faster, it writes nothing, and the
/// caller looks again.
public final class Hosting {
  /// What stands in the place of a source's URL.
  public static final String SOURCE = "hosted:";

  private static final PageMemory NOBODY_WAS_ASKED = new PageMemory(null, null, "");

  private Hosting() {}

  /// What becomes of one file that is to be added.
  public sealed interface Fate {
    /// It comes onto the page.
    record Added() implements Fate {}

    /// The very same file is there.
    record Here() implements Fate {}

    /// Another file of this name is there, or was: a name that was used stays used.
    record Taken(String identity, @Nullable Instant goneSince) implements Fate {}
  }

  /// What adding comes to.
  ///
  /// @param change what [#record] carries out; null where no file comes onto the page
  /// @param fates of the files, in the order asked
  public record Adding(@Nullable PageChange change, List<Fate> fates) {
    public Adding {
      fates = List.copyOf(fates);
    }
  }

  /// The source of hosted projects, made at first use.
  public static SourceId source(Handle tx, Instant now) {
    return Catalog.source(tx, SOURCE, now);
  }

  /// The same where it was used before: for who only looks.
  public static Optional<SourceId> usedSource(Handle tx) {
    return tx.createQuery("SELECT id FROM source WHERE url = :url")
        .bind("url", SOURCE)
        .mapTo(Long.class)
        .findOne()
        .map(SourceId::new);
  }

  /// What is held of a project, or empty where it was never hosted.
  public static Optional<HeldProject> held(Handle tx, SourceId source, ProjectName name) {
    return Catalog.project(tx, source, name);
  }

  /// Where a hosted file is served, below `/files/`.
  public static String path(Sha256 sha256, String filename) {
    return "+hosted/" + sha256.hex() + "/" + filename;
  }

  /// Decides what becomes of `files`, each of which has its SHA-256; their `url` is not looked at.
  ///
  /// @param status of a project that begins with them; one that is there keeps its own
  public static Adding adding(
      @Nullable HeldProject held,
      ProjectName name,
      ProjectStatus status,
      List<FileEntry> files,
      Instant now) {
    List<HeldFile> after = new ArrayList<>(held == null ? List.of() : held.files());
    Map<String, HeldFile> byName = new LinkedHashMap<>();
    after.forEach(file -> byName.put(file.entry().filename(), file));
    List<Fate> fates = new ArrayList<>();
    List<FileChange> changes = new ArrayList<>();
    for (FileEntry entry : files) {
      Sha256 sha256 =
          entry
              .sha256()
              .orElseThrow(() -> new IllegalArgumentException("no digest: " + entry.filename()));
      HeldFile there = byName.get(entry.filename());
      if (there == null) {
        HeldFile added = file(entry, sha256, now);
        byName.put(entry.filename(), added);
        after.add(added);
        changes.add(new FileChange(added, FileChange.Kind.SEEN, ""));
        fates.add(new Fate.Added());
      } else {
        boolean same = there.identity().equals(sha256.hex()) && there.goneSince() == null;
        fates.add(same ? new Fate.Here() : new Fate.Taken(there.identity(), there.goneSince()));
      }
    }
    return new Adding(
        changes.isEmpty()
            ? null
            : change(held, name, held == null ? status : held.status(), after, changes, now),
        fates);
  }

  /// Yanks a listed file (PEP 592), or takes its yank back. Empty where it is so already or there
  /// is no such file.
  public static Optional<PageChange> yanking(
      HeldProject held, String filename, Yank yank, Instant now) {
    List<HeldFile> after = new ArrayList<>(held.files());
    List<FileChange> changes = new ArrayList<>();
    for (int i = 0; i < after.size(); i++) {
      HeldFile file = after.get(i);
      boolean meant = file.entry().filename().equals(filename) && file.goneSince() == null;
      if (meant && !file.entry().yank().equals(yank)) {
        HeldFile yanked =
            new HeldFile(file.entry().withYank(yank), file.path(), file.firstSeen(), null);
        after.set(i, yanked);
        PageChange.describe(file, yanked, true, changes);
      }
    }
    return changes.isEmpty()
        ? Optional.empty()
        : Optional.of(change(held, held.name(), held.status(), after, changes, now));
  }

  /// Takes listed files off the page; their names stay used. Nothing needs their bytes any more.
  /// Empty where none of them is listed.
  ///
  /// @param why in words, for the history
  public static Optional<PageChange> removing(
      HeldProject held, Set<String> filenames, String why, Instant now) {
    List<HeldFile> after = new ArrayList<>(held.files());
    List<FileChange> changes = new ArrayList<>();
    for (int i = 0; i < after.size(); i++) {
      HeldFile file = after.get(i);
      if (file.goneSince() == null && filenames.contains(file.entry().filename())) {
        HeldFile gone = new HeldFile(file.entry(), file.path(), file.firstSeen(), now);
        after.set(i, gone);
        changes.add(new FileChange(gone, FileChange.Kind.GONE, why));
      }
    }
    return changes.isEmpty()
        ? Optional.empty()
        : Optional.of(change(held, held.name(), held.status(), after, changes, now));
  }

  /// Gives a project another status (PEP 792). Empty where it has it already.
  public static Optional<PageChange> standing(HeldProject held, ProjectStatus status, Instant now) {
    return held.status().equals(status)
        ? Optional.empty()
        : Optional.of(change(held, held.name(), status, held.files(), List.of(), now));
  }

  /// Carries out `change` with its history in the caller's transaction.
  ///
  /// @return false where the project was changed by somebody else since `change` was decided: look
  ///   again and decide again
  public static boolean record(Handle tx, SourceId source, PageChange change) {
    if (!Catalog.record(tx, source, change)) {
      return false;
    }
    if (change.files().isEmpty()) {
      ProjectStatus status = change.after().status();
      Events.project(
          tx,
          source,
          change.after().name(),
          change.after().confirmed(),
          FileChange.Kind.CHANGED,
          "status: "
              + status.state().word()
              + (status.reason().isEmpty() ? "" : " (" + status.reason() + ")"));
    }
    return true;
  }

  private static HeldFile file(FileEntry entry, Sha256 sha256, Instant now) {
    String path = path(sha256, entry.filename());
    FileEntry timed =
        entry.uploadTime() instanceof UploadTime.Stated
            ? entry
            : entry.withUploadTime(new UploadTime.Stated(now)); // this index is where it came in
    return new HeldFile(timed.withUrl(SOURCE + path), path, now, null);
  }

  private static PageChange change(
      @Nullable HeldProject held,
      ProjectName name,
      ProjectStatus status,
      List<HeldFile> files,
      List<FileChange> changes,
      Instant now) {
    long before = held == null ? 0 : held.revision();
    HeldProject after =
        new HeldProject(
            name, status, versions(files), null, files, now, null, NOBODY_WAS_ASKED, before + 1);
    return new PageChange(before, after, List.copyOf(changes), true);
  }

  /// Every version that has a listed file, in order.
  private static List<String> versions(List<HeldFile> files) {
    TreeSet<Version> versions = new TreeSet<>();
    for (HeldFile file : files) {
      if (file.goneSince() == null) {
        DistributionFilename.parse(file.entry().filename())
            .toOptional()
            .ifPresent(name -> versions.add(name.version()));
      }
    }
    return versions.stream().map(Version::toString).toList();
  }
}
