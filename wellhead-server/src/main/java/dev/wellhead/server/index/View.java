package dev.wellhead.server.index;

import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.ProjectStatus;
import dev.wellhead.server.catalog.HeldFile;
import dev.wellhead.server.catalog.HeldProject;
import dev.wellhead.server.catalog.PlacedFile;
import dev.wellhead.server.catalog.Reservation;
import dev.wellhead.server.db.DatabaseFault;
import dev.wellhead.server.firewall.Verdicts;
import java.time.Instant;
import java.time.LocalDate;
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
final class View {
  private final String name;
  private final List<Shelf> shelves;
  private final Map<ProjectName, List<Shelf>> joins;
  private final @Nullable LocalDate day;
  private final OwnNames own;
  private final Past past;
  private final Gate gate;

  /// @param day at whose end the view stands still, or null
  View(
      String name,
      List<Shelf> shelves,
      Map<ProjectName, List<Shelf>> joins,
      @Nullable LocalDate day,
      OwnNames own,
      Past past,
      Gate gate) {
    this.name = name;
    this.shelves = List.copyOf(shelves);
    this.joins = Map.copyOf(joins);
    this.day = day;
    this.own = own;
    this.past = past;
    this.gate = gate;
  }

  /// This view as it was at the end of another day, under a name that says so; a frozen one had
  /// nothing more later.
  View at(LocalDate asked) {
    LocalDate earlier = day != null && day.isBefore(asked) ? day : asked;
    return new View(name + Views.AT + asked, shelves, joins, earlier, own, past, gate);
  }

  String name() {
    return name;
  }

  List<Shelf> shelves() {
    return shelves;
  }

  /// What stands before its paths: nothing for the default view.
  String folder() {
    return name.equals(Views.DEFAULT) ? "" : name + "/";
  }

  ViewSummary summary() {
    Map<String, List<String>> named = new HashMap<>();
    joins.forEach((project, from) -> named.put(project.normalized(), names(from)));
    return new ViewSummary(name, names(shelves), named, day);
  }

  private interface Look<X extends Exception> {
    /// The standing of a name at `shelf`, or null where this look does not reach.
    @Nullable Standing at(Shelf shelf) throws X;
  }

  private interface Then<X extends Exception> {
    /// The standing on the view's day, or null where that is not known.
    @Nullable Standing at(Shelf shelf, Standing now) throws X;
  }

  /// Who answers for `project`, where that needs nothing but memory; else null.
  @Nullable Finding remembered(ProjectName project, Instant now) {
    if (!own.isRemembered(now)) {
      return null;
    }
    return search(
        project,
        own.rememberedReservation(project),
        shelf -> shelf.holdings().remembered(project, now).orElse(null),
        (shelf, standing) -> day == null || wasThere(shelf, project, standing) ? standing : null);
  }

  /// Whether memory says that what is `Current` had files on the view's day too.
  private boolean wasThere(Shelf shelf, ProjectName project, Standing standing) {
    return day != null
        && standing instanceof Standing.Current(long revision, Instant _)
        && Boolean.TRUE.equals(past.remembered(shelf, project, day, revision));
  }

  /// Who answers for `project`; asks where that is due.
  Finding find(ProjectName project) throws Exception {
    Finding finding =
        this.<Exception>search(
            project,
            own.reservation(project),
            shelf -> shelf.holdings().current(project),
            (shelf, standing) -> day == null ? standing : past.then(shelf, project, day, standing));
    if (finding == null) {
      throw new IllegalStateException("asked, and no standing of " + project);
    }
    return finding;
  }

  private <X extends Exception> @Nullable Finding search(
      ProjectName project, @Nullable Reservation written, Look<X> today, Then<X> then) throws X {
    Look<X> look =
        shelf -> {
          Standing now = today.at(shelf);
          return now == null ? null : then.at(shelf, now);
        };
    List<Shelf> join = joins.get(project);
    if (join != null && written == null) {
      return joined(join, look);
    }
    Standing hosted = today.at(own.shelf());
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
      return new Located.Nothing("the view " + name + " has no files of " + shelf.source().words());
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
    Standing hosted = own.shelf().holdings().current(project);
    if (hosted instanceof Standing.Current) {
      return new Located.Reserved(project + " is hosted in this index");
    }
    for (Shelf before : shelves.subList(0, shelves.indexOf(shelf))) {
      Standing now = before.holdings().current(project);
      switch (day == null ? now : past.then(before, project, day, now)) {
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

  /// The file at `path`, which begins as the paths of `shelf` do: the one of the view's day.
  Optional<PlacedFile> fileAt(Shelf shelf, String path) throws DatabaseFault {
    return day == null ? shelf.fileAt(path) : past.fileAt(shelf, path, day);
  }

  private Located elsewhere(ProjectName project, String from) {
    return new Located.Nothing(
        "in the view " + name + " the project " + project + " comes from " + from);
  }

  /// The project as it is shown, with the files of all parts: of two with one name the first
  /// source's counts. What one of them holds unsafe is offered by none, and each passes the gate.
  Shown shown(ProjectName project, Finding.Found found) throws DatabaseFault {
    List<HeldProject> held = new ArrayList<>();
    List<RenderedPage.Mark> marks = new ArrayList<>();
    List<Verdicts> verdicts = new ArrayList<>();
    for (Finding.Part part : found.parts()) {
      HeldProject today = there(part.shelf().held(project), project);
      HeldProject then =
          day == null ? today : there(past.project(part.shelf(), project, day), project);
      Verdicts judged = gate.judge(this, part.shelf(), today);
      held.add(gate.shown(then, judged));
      marks.add(new RenderedPage.Mark(part.shelf().source().id().value(), then.revision()));
      verdicts.add(judged);
    }
    return new Shown(
        held.size() == 1 ? held.getFirst() : merged(held), found.joined(), marks, verdicts);
  }

  private static HeldProject there(Optional<HeldProject> held, ProjectName project) {
    return held.orElseThrow(() -> new IllegalStateException("nothing is held of " + project));
  }

  /// What the gate says of a file that `shelf` has, whatever day the view stands at.
  Verdicts.Ruling ruling(Shelf shelf, PlacedFile placed) throws DatabaseFault {
    return judged(shelf, placed.project()).of(placed.file());
  }

  /// What the gate says of a project that `shelf` has.
  Verdicts judged(Shelf shelf, ProjectName project) throws DatabaseFault {
    Verdicts known = gate.known(this, shelf, project);
    return known != null && known.revision() == shelf.revision(project)
        ? known
        : gate.judge(this, shelf, there(shelf.held(project), project));
  }

  Gate gate() {
    return gate;
  }

  /// A project as it is shown.
  ///
  /// @param project its files with the paths at which they are served
  /// @param joined the sources that are joined under its name; empty where one answers alone
  /// @param marks what it was made from
  /// @param verdicts what the gate said of each part
  record Shown(
      HeldProject project,
      List<String> joined,
      List<RenderedPage.Mark> marks,
      List<Verdicts> verdicts) {
    /// What the gate said of one of the files shown.
    Verdicts.@Nullable Ruling ruling(HeldFile file) {
      for (Verdicts each : verdicts) {
        Verdicts.Ruling ruling = each.find(file);
        if (ruling != null) {
          return ruling;
        }
      }
      return null;
    }
  }

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
