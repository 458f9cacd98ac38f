package dev.wellhead.server.catalog;

import dev.wellhead.core.pypi.ProjectStatus;
import dev.wellhead.core.pypi.ReleaseGuess;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which files of a project were there at the end of a day (UTC).
///
/// A file was there when it had come in by then and was not gone. What was on the page when the
/// project was first looked at had come in when its upload time says, since nobody here watched
/// before; where none is stated, or one that lay in the future, at that first look. Whatever came
/// later came in when it was seen, and no upload time that is stated afterwards changes it. So the
/// answer for a day that is over stays the same for ever, whatever its source says later: a file
/// that is put in backdated is not in it, one that vanishes stays.
///
/// A project that was never looked at has no past here: its first look decides that.
public final class AsOf {
  /// Independent of how the source orders its page today.
  private static final Comparator<Arrived> ORDER =
      Comparator.comparing(Arrived::at)
          .thenComparing(arrived -> arrived.file().entry().filename())
          .thenComparing(arrived -> arrived.file().identity());

  private AsOf() {}

  /// The project with the files of that day. What is said of each file and of the project (yanks,
  /// sizes, links) is what is said today: a reason not to use a file counts for old days too. A
  /// project in quarantine has no files on any day (PEP 792). No versions are listed; they are
  /// those of the files.
  static HeldProject project(HeldProject held, History history, LocalDate day) {
    boolean quarantined = held.status().state() == ProjectStatus.State.QUARANTINED;
    List<HeldFile> files = quarantined ? List.of() : files(held, history, day);
    return new HeldProject(
        held.name(),
        held.status(),
        files.stream()
            .flatMap(file -> ReleaseGuess.of(held.name(), file.entry().filename()).stream())
            .map(ReleaseGuess::version)
            .distinct()
            .toList(),
        null,
        files,
        held.confirmed(),
        null,
        held.memory(),
        held.revision());
  }

  /// The files of that day, in the order in which they came in, none of them marked as gone.
  static List<HeldFile> files(HeldProject held, History history, LocalDate day) {
    Instant end = end(day);
    Map<String, Presence> presences = new HashMap<>();
    for (FileEvent event : history.events()) {
      if (event.filename().isEmpty()) {
        presences.values().forEach(presence -> presence.told(event, end));
      } else {
        presences
            .computeIfAbsent(
                key(event.filename(), event.identity()), _ -> new Presence(history.firstLook()))
            .told(event, end);
      }
    }
    List<Arrived> there = new ArrayList<>();
    for (HeldFile file : held.files()) {
      Presence presence = presences.get(key(file.entry().filename(), file.identity()));
      Instant arrived = presence == null ? file.firstSeen() : presence.arrived;
      if (arrived != null && arrived.isBefore(end) && (presence == null || presence.isThere)) {
        there.add(new Arrived(arrived, listed(file)));
      }
    }
    there.sort(ORDER);
    return there.stream().map(Arrived::file).toList();
  }

  /// The file of that day at `path`, with all that is known of its project.
  static Optional<HeldFile> fileAt(HeldProject held, History history, String path, LocalDate day) {
    return project(held, history, day).files().stream()
        .filter(file -> file.path().equals(path))
        .findFirst();
  }

  /// The first moment after the day.
  private static Instant end(LocalDate day) {
    return day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private static HeldFile listed(HeldFile file) {
    return new HeldFile(file.entry(), file.path(), file.firstSeen(), null);
  }

  private static String key(String filename, String identity) {
    return filename + '/' + identity;
  }

  private record Arrived(Instant at, HeldFile file) {}

  /// Whether one file was there before some moment, by what is told of it in order.
  private static final class Presence {
    private final Instant firstLook;
    private @Nullable Instant arrived;
    private boolean isThere;

    Presence(Instant firstLook) {
      this.firstLook = firstLook;
    }

    void told(FileEvent event, Instant end) {
      if (event.what() == FileEvent.What.SEEN && arrived == null) {
        arrived = arrival(event);
        isThere = true;
      } else if (event.at().isBefore(end)) {
        isThere = event.what() != FileEvent.What.GONE;
      }
    }

    private Instant arrival(FileEvent seen) {
      Instant uploaded = seen.uploaded();
      boolean atFirstLook = !seen.at().isAfter(firstLook);
      return atFirstLook && uploaded != null && uploaded.isBefore(firstLook) ? uploaded : seen.at();
    }
  }
}
