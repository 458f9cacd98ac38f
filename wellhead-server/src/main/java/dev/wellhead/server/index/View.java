package dev.wellhead.server.index;

import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.ProjectStatus;
import dev.wellhead.server.catalog.HeldFile;
import dev.wellhead.server.catalog.HeldProject;
import dev.wellhead.server.catalog.PlacedFile;
import dev.wellhead.server.catalog.Reservation;
import dev.wellhead.server.db.DatabaseFault;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An index made of sources in an order: the first one that has a project answers for it wholly.
///
/// A source that cannot tell stops the search, since falling through to the next would hand a name
/// to whoever else has it. Two things go before the order: what is reserved or hosted comes from
/// here or not at all, and a join names the sources of one project together.
///
/// A view of a day that is over shows what each source had then (by `AsOf` of the catalog). What is
/// reserved or hosted today counts for every day.
final class View {
  private final String name;
  private final List<Shelf> shelves;
  private final Map<ProjectName, List<Shelf>> joins;
  private final @Nullable LocalDate freeze;
  private final OwnNames own;
  private final InstantSource clock;
  private final @Nullable LocalDate asOf;

  View(
      String name,
      List<Shelf> shelves,
      Map<ProjectName, List<Shelf>> joins,
      @Nullable LocalDate freeze,
      OwnNames own,
      InstantSource clock) {
    this(name, shelves, joins, freeze, own, clock, null);
  }

  private View(
      String name,
      List<Shelf> shelves,
      Map<ProjectName, List<Shelf>> joins,
      @Nullable LocalDate freeze,
      OwnNames own,
      InstantSource clock,
      @Nullable LocalDate asOf) {
    this.name = name;
    this.shelves = List.copyOf(shelves);
    this.joins = Map.copyOf(joins);
    this.freeze = freeze;
    this.own = own;
    this.clock = clock;
    this.asOf = asOf;
  }

  /// This view as it was at the end of `day`, which is over.
  View on(LocalDate day) {
    return new View(name, shelves, joins, freeze, own, clock, day);
  }

  static boolean isOver(LocalDate day, Instant now) {
    return LocalDate.ofInstant(now, ZoneOffset.UTC).isAfter(day);
  }

  /// As it is asked for: with its day, where it is one of an earlier day.
  String name() {
    return asOf == null ? name : name + "@" + asOf;
  }

  /// As it is in the settings.
  String baseName() {
    return name;
  }

  /// The day at whose end this view stands still; null while it goes with the time.
  @Nullable LocalDate stillAt(Instant now) {
    LocalDate frozen = freeze != null && isOver(freeze, now) ? freeze : null;
    if (asOf == null || frozen == null) {
      return asOf == null ? frozen : asOf;
    }
    return asOf.isBefore(frozen) ? asOf : frozen;
  }

  List<Shelf> shelves() {
    return shelves;
  }

  /// What stands before its paths: nothing for the default view.
  String folder() {
    return name().equals(Views.DEFAULT) ? "" : name() + "/";
  }

  ViewSummary summary() {
    Map<String, List<String>> named = new HashMap<>();
    joins.forEach((project, from) -> named.put(project.normalized(), names(from)));
    return new ViewSummary(name, names(shelves), named, freeze);
  }

  private interface Look<X extends Exception> {
    /// The standing of a name at `shelf`, or null where this look does not reach.
    @Nullable Standing at(Shelf shelf) throws X;
  }

  /// Who answers for `project`, where that needs nothing but memory; else null.
  @Nullable Finding remembered(ProjectName project, Instant now) {
    if (stillAt(now) != null || !own.isRemembered(now)) {
      return null;
    }
    return search(
        project,
        own.rememberedReservation(project),
        shelf -> shelf.holdings().remembered(project, now).orElse(null));
  }

  /// Who answers for `project`; asks where that is due.
  Finding find(ProjectName project) throws Exception {
    Finding finding =
        this.<Exception>search(
            project, own.reservation(project), shelf -> standing(shelf, project));
    if (finding == null) {
      throw new IllegalStateException("asked, and no standing of " + project);
    }
    return finding;
  }

  /// The end of a sentence about what there is in this view; empty while it goes with the time.
  String dayInWords() {
    LocalDate day = stillAt(clock.instant());
    return day == null ? "" : " at the end of " + day + " (UTC)";
  }

  /// How `shelf` stands to `project` on this view's day.
  Standing standing(Shelf shelf, ProjectName project) throws Exception {
    LocalDate day = stillAt(clock.instant());
    return day == null || shelf == own.shelf()
        ? shelf.holdings().current(project)
        : shelf.standing(project, day);
  }

  private Optional<HeldProject> held(Shelf shelf, ProjectName project) throws DatabaseFault {
    LocalDate day = stillAt(clock.instant());
    return day == null ? shelf.held(project) : shelf.held(project, day);
  }

  /// The file of this view's day that `shelf` serves at `path`.
  Optional<PlacedFile> fileAt(Shelf shelf, String path) throws DatabaseFault {
    LocalDate day = stillAt(clock.instant());
    return day == null ? shelf.fileAt(path) : shelf.fileAt(path, day);
  }

  private <X extends Exception> @Nullable Finding search(
      ProjectName project, @Nullable Reservation written, Look<X> look) throws X {
    List<Shelf> join = joins.get(project);
    if (join != null && written == null) {
      return joined(join, look);
    }
    Standing hosted = look.at(own.shelf());
    if (hosted == null) {
      return null;
    }
    boolean isHosted = hosted instanceof Standing.Current;
    if (isHosted || written != null) {
      return isHosted && shelves.contains(own.shelf())
          ? found(own.shelf(), hosted)
          : new Finding.Reserved(written == null ? OwnNames.HOSTED_ELSEWHERE : written.why());
    }
    Finding none = new Finding.None(hosted, own.shelf().source());
    for (Shelf shelf : shelves) {
      Standing standing = look.at(shelf);
      switch (standing) {
        case null -> {
          return null;
        }
        case Standing.Current _, Standing.Stale _ -> {
          return found(shelf, standing);
        }
        case Standing.Missing _ -> none = none(shelf, standing);
        case Standing.Refused _, Standing.Unreachable _ -> {
          return none(shelf, standing);
        }
      }
    }
    return none;
  }

  private static <X extends Exception> @Nullable Finding joined(List<Shelf> join, Look<X> look)
      throws X {
    List<Finding.Part> parts = new ArrayList<>();
    Finding none = null;
    for (Shelf shelf : join) {
      Standing standing = look.at(shelf);
      switch (standing) {
        case null -> {
          return null;
        }
        case Standing.Current _, Standing.Stale _ -> parts.add(part(shelf, standing));
        case Standing.Missing _ -> none = none(shelf, standing);
        case Standing.Refused _, Standing.Unreachable _ -> {
          return none(shelf, standing);
        }
      }
    }
    return parts.isEmpty() ? none : new Finding.Found(List.copyOf(parts));
  }

  /// Notes a question that was answered by `finding`: whether another index would have heard it.
  void count(Finding finding) {
    boolean kept =
        switch (finding) {
          case Finding.Reserved _ -> true;
          case Finding.Found(List<Finding.Part> parts) ->
              parts.size() == 1
                  && parts.getFirst().shelf() == own.shelf()
                  && shelves.getFirst() != own.shelf();
          case Finding.None _ -> false;
        };
    if (kept) {
      own.count();
    }
  }

  /// Why the file of `project` at `shelf` is none of this view's; null where it is one. Only
  /// sources that go before `shelf` are asked: what is here is served whether its source can be
  /// reached or not.
  @Nullable Located refusal(ProjectName project, Shelf shelf) throws Exception {
    if (!shelves.contains(shelf)) {
      return elsewhere(project, "no source of this view");
    }
    Reservation written = own.reservation(project);
    if (shelf == own.shelf()) {
      return null;
    }
    if (written != null) {
      return new Located.Reserved(project + " " + written.why());
    }
    List<Shelf> join = joins.get(project);
    if (join != null) {
      return join.contains(shelf) ? null : elsewhere(project, String.join(", ", names(join)));
    }
    if (own.shelf().holdings().current(project) instanceof Standing.Current) {
      return new Located.Reserved(project + " is hosted in this index");
    }
    for (Shelf before : shelves.subList(0, shelves.indexOf(shelf))) {
      switch (standing(before, project)) {
        case Standing.Missing _ -> {}
        case Standing.Current _, Standing.Stale _ -> {
          return elsewhere(project, before.source().name());
        }
        case Standing.Refused(String why, Instant again) -> {
          return new Located.CannotTell(why, again);
        }
        case Standing.Unreachable(String why, Instant again) -> {
          return new Located.CannotTell(why, again);
        }
      }
    }
    return null;
  }

  private Located elsewhere(ProjectName project, String from) {
    return new Located.Nothing(
        "in the view " + name() + " the project " + project + " comes from " + from);
  }

  /// The project as it is shown, with the files of all parts: of two with one name the first
  /// source's counts. What one of them holds unsafe is offered by none.
  Shown shown(ProjectName project, Finding.Found found) throws DatabaseFault {
    List<HeldProject> held = new ArrayList<>();
    List<RenderedPage.Mark> marks = new ArrayList<>();
    for (Finding.Part part : found.parts()) {
      HeldProject one =
          held(part.shelf(), project)
              .orElseThrow(() -> new IllegalStateException("nothing is held of " + project));
      held.add(one);
      marks.add(new RenderedPage.Mark(part.shelf().source().id().value(), one.revision()));
    }
    return new Shown(held.size() == 1 ? held.getFirst() : merged(held), found.joined(), marks);
  }

  /// A project as it is shown.
  ///
  /// @param project its files with the paths at which they are served
  /// @param joined the sources that are joined under its name; empty where one answers alone
  /// @param marks what it was made from
  record Shown(HeldProject project, List<String> joined, List<RenderedPage.Mark> marks) {}

  private static HeldProject merged(List<HeldProject> parts) {
    Set<String> versions = new LinkedHashSet<>();
    Set<String> filenames = new HashSet<>();
    List<HeldFile> files = new ArrayList<>();
    ProjectStatus status = parts.getFirst().status();
    long revision = 0;
    for (HeldProject part : parts) {
      versions.addAll(part.versions());
      revision += part.revision();
      for (HeldFile file : part.listed()) {
        if (filenames.add(file.entry().filename())) {
          files.add(file);
        }
      }
      if (part.status().state() == ProjectStatus.State.QUARANTINED) {
        status = part.status();
      }
    }
    HeldProject first = parts.getFirst();
    return new HeldProject(
        first.name(),
        status,
        List.copyOf(versions),
        null,
        status.state() == ProjectStatus.State.QUARANTINED ? List.of() : files,
        first.confirmed(),
        null,
        first.memory(),
        revision);
  }

  private static Finding.Found found(Shelf shelf, Standing standing) {
    return new Finding.Found(List.of(part(shelf, standing)));
  }

  private static Finding.Part part(Shelf shelf, Standing standing) {
    return switch (standing) {
      case Standing.Current(long revision, Instant _) ->
          new Finding.Part(shelf, revision, standing);
      case Standing.Stale(long revision, Instant _, String _, Instant _) ->
          new Finding.Part(shelf, revision, standing);
      case Standing.Missing _, Standing.Refused _, Standing.Unreachable _ ->
          throw new IllegalArgumentException("not held: " + standing);
    };
  }

  private static Finding.None none(Shelf shelf, Standing standing) {
    return new Finding.None(standing, shelf.source());
  }

  private static List<String> names(List<Shelf> shelves) {
    return shelves.stream().map(shelf -> shelf.source().name()).toList();
  }
}
