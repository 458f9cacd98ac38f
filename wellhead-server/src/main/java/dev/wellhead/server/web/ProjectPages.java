package dev.wellhead.server.web;

import dev.wellhead.core.pypi.MetadataDocument;
import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.server.catalog.Catalog;
import dev.wellhead.server.catalog.HeldFile;
import dev.wellhead.server.http.Problem;
import dev.wellhead.server.http.Request;
import dev.wellhead.server.http.Response;
import dev.wellhead.server.index.IndexDoor;
import dev.wellhead.server.index.Look;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The pages of a project, of a release and of a file.
final class ProjectPages {
  private static final String VIEW = "default";
  private static final int MOST_DEPENDENTS = 200;
  private static final int MOST_EVENTS = 50;

  private final IndexDoor index;
  private final Catalog catalog;
  private final Insides insides;
  private final Pages pages;
  private final InstantSource clock;

  ProjectPages(
      IndexDoor index, Catalog catalog, Insides insides, Pages pages, InstantSource clock) {
    this.index = index;
    this.catalog = catalog;
    this.insides = insides;
    this.pages = pages;
    this.clock = clock;
  }

  Response project(Request request) throws Exception {
    Optional<Look> look = look(request);
    if (look.isEmpty()) {
      return noProject(request.parameter("project"));
    }
    List<Release> releases = Release.of(look.get().project());
    return page(
        request, "project.jte", look.get(), releases, Release.newest(releases).orElse(null));
  }

  Response release(Request request) throws Exception {
    Optional<Look> look = look(request);
    if (look.isEmpty()) {
      return noProject(request.parameter("project"));
    }
    List<Release> releases = Release.of(look.get().project());
    Optional<Release> shown = asked(releases, request);
    return shown.isEmpty()
        ? nothing("The project has no such release.")
        : page(request, "release.jte", look.get(), releases, shown.get());
  }

  Response file(Request request) throws Exception {
    Optional<Look> look = look(request);
    if (look.isEmpty()) {
      return noProject(request.parameter("project"));
    }
    List<Release> releases = Release.of(look.get().project());
    Optional<Release> release = asked(releases, request);
    Optional<HeldFile> file =
        release.flatMap(found ->
            found.files().stream()
                .filter(each -> each.entry().filename().equals(request.parameter("filename")))
                .findFirst());
    if (release.isEmpty() || file.isEmpty()) {
      return nothing("The release has no such file.");
    }
    // What may not leave is not shown either: a listing tells an attacker's reader what he wants.
    boolean open = look.get().rulings().isOpen(file.get());
    Contents contents = open ? insides.of(file.get()) : new Contents.NotHere();
    return pages.page(
        request,
        "file.jte",
        new FileView(
            pages.shell(request),
            look.get().project().name().normalized(),
            release.get().version(),
            file.get(),
            contents,
            open
                ? insides.difference(file.get(), contents, before(releases, release.get()))
                : null));
  }

  private Response page(
      Request request, String template, Look look, List<Release> releases, @Nullable Release shown)
      throws Exception {
    ProjectName name = look.project().name();
    Optional<MetadataDocument> document =
        shown == null ? Optional.empty() : index.metadata(look, shown.version());
    return pages.page(
        request,
        template,
        new ProjectView(
            pages.shell(request),
            clock.instant(),
            look,
            releases,
            shown,
            document.map(About::of).orElse(null),
            catalog.dependencies().on(name, MOST_DEPENDENTS),
            catalog.eventsOf(name, MOST_EVENTS)));
  }

  private Optional<Look> look(Request request) throws Exception {
    Optional<ProjectName> name = ProjectName.of(request.parameter("project"));
    Optional<Look> look = name.isEmpty() ? Optional.empty() : index.look(VIEW, name.get());
    return look.filter(found -> found.project().goneSince() == null);
  }

  private static Optional<Release> asked(List<Release> releases, Request request) {
    String version = request.parameter("version");
    return releases.stream().filter(release -> release.is(version)).findFirst();
  }

  /// The release that stands behind `release` in the list, which has the newest first.
  private static @Nullable Release before(List<Release> releases, Release release) {
    int next = releases.indexOf(release) + 1;
    return next < releases.size() ? releases.get(next) : null;
  }

  private static Response noProject(String asked) {
    return ProjectName.of(asked).isEmpty()
        ? nothing("A project's name has letters, digits, dots, hyphens and underscores only.")
        : nothing("No source of this index has a project " + asked + ".");
  }

  private static Response nothing(String sentence) {
    return Problem.of(404, "Not found", sentence).toResponse();
  }
}
