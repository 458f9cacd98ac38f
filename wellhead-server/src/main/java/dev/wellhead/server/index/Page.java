package dev.wellhead.server.index;

import dev.wellhead.core.pypi.Negotiation;
import dev.wellhead.core.pypi.PageForm;
import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.server.http.Problem;
import dev.wellhead.server.http.Request;
import dev.wellhead.server.http.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/// The way of a project's page (PEP 503, 691): `/simple/{project}/`.
///
/// A page that lies in memory and still counts is answered without waiting for anything
/// ([#fromMemory]). Otherwise: *gather* what is held and ask the source whether that still holds,
/// *decide* what changed, *record* it with its ledger leaf, *answer*. The first three are
/// [Projects#current], which lets one request do it for all that wait.
final class Page {
  private static final String FOLDER = "/simple/";

  private final Views views;
  private final Forms forms;
  private final InstantSource clock;

  Page(Views views, Forms forms, InstantSource clock) {
    this.views = views;
    this.forms = forms;
    this.clock = clock;
  }

  /// The answer where it needs nothing but memory: this runs on the threads that must not wait.
  Optional<Response> fromMemory(Request request) {
    String path = request.path();
    View view = views.standard();
    int start = FOLDER.length();
    if (!path.startsWith(FOLDER)) {
      int folder = path.indexOf(FOLDER);
      view = folder < 2 ? null : views.of(path.substring(1, folder)).orElse(null);
      start += folder;
    }
    if (view == null || path.length() <= start + 1 || path.charAt(path.length() - 1) != '/') {
      return Optional.empty();
    }
    String segment = path.substring(start, path.length() - 1);
    if (segment.indexOf('/') >= 0) {
      return Optional.empty();
    }
    Optional<ProjectName> name = ProjectName.of(segment);
    return name.isEmpty() || !name.get().normalized().equals(segment)
        ? Optional.empty()
        : fromMemory(request, view, name.get());
  }

  private Optional<Response> fromMemory(Request request, View view, ProjectName name) {
    if (!(view.remembered(name, clock.instant()) instanceof Finding.Found found)
        || found.staleSince() != null) {
      return Optional.empty();
    }
    RenderedPage page = forms.remembered(view, name, form(request), found);
    if (page == null) {
      return Optional.empty();
    }
    view.count(found);
    return Optional.of(page.answer(request));
  }

  Response answer(Request request, View view) throws Exception {
    String asked = request.parameter("project");
    Optional<ProjectName> name = ProjectName.of(asked);
    if (name.isEmpty()) {
      return noName(asked);
    }
    if (!name.get().normalized().equals(asked) || !request.path().endsWith("/")) {
      // From the path, which says by which of its two names the default view was asked.
      String folder = request.path().substring(0, request.path().indexOf(FOLDER) + FOLDER.length());
      return Response.status(301)
          .header(
              "Location",
              "/"
                  + ServedLinks.encode(folder.substring(1))
                  + name.get().normalized()
                  + "/"
                  + query(request))
          .empty();
    }
    Finding finding = view.find(name.get());
    view.count(finding);
    return switch (finding) {
      case Finding.Found found -> page(request, view, name.get(), found);
      case Finding.Reserved(String why) ->
          forms.reserved(name.get(), form(request), why).answer(request);
      case Finding.None none -> refusal(none);
    };
  }

  private Response page(Request request, View view, ProjectName name, Finding.Found found)
      throws Exception {
    Response page = forms.of(view, name, form(request), found).answer(request);
    Instant since = found.staleSince();
    return since == null ? page : page.with("Cache-Status", staleness(since));
  }

  /// What is answered where nothing is held that could be shown.
  Response refusal(Finding.None none) {
    return switch (none.standing()) {
      case Standing.Missing(String why, Instant _) -> Refusals.problem(404, "No such project", why);
      case Standing.Refused(String why, Instant _) ->
          Refusals.problem(502, "The upstream's page cannot be used", said(none, why));
      case Standing.Unreachable(String why, Instant until) ->
          Refusals.problem(503, "The upstream cannot be reached", said(none, why))
              .with("Retry-After", seconds(clock.instant(), until));
      case Standing.Current _, Standing.Stale _ ->
          throw new IllegalArgumentException("no refusal: " + none);
    };
  }

  /// Of several sources people want to know which one it was.
  private static String said(Finding.None none, String why) {
    return none.source() instanceof Source.Asked asked && !asked.name().equals(Source.UPSTREAM)
        ? asked.words() + ": " + why
        : why;
  }

  /// RFC 9211: it was in the cache, and the source did not confirm it.
  static String staleness(Instant since) {
    return "Wellhead; hit; detail=\"stale: not confirmed by the upstream since " + since + "\"";
  }

  /// For Retry-After: pip obeys it before each of its five tries, so that a person would sit there
  /// for minutes without a word if it said how long the upstream is left in peace.
  static String seconds(Instant from, Instant until) {
    return Long.toString(Math.clamp(Duration.between(from, until).toSeconds(), 1, 2));
  }

  static Response noName(String asked) {
    return new Problem(
            404,
            "Not a project name",
            "A project's name begins and ends with a letter or digit and has only letters, digits,"
                + " '-', '_' and '.' in it (PEP 508).",
            Map.of("name", asked.length() > 100 ? asked.substring(0, 100) : asked))
        .toResponse();
  }

  private static PageForm form(Request request) {
    return Negotiation.choose(request.headers("Accept"), request.query("format").orElse(null));
  }

  private static String query(Request request) {
    return request
        .query("format")
        .map(format -> "?format=" + ServedLinks.encode(format))
        .orElse("");
  }
}
