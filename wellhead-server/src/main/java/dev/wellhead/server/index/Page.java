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

  private final Projects projects;
  private final Forms forms;
  private final InstantSource clock;

  Page(Projects projects, Forms forms, InstantSource clock) {
    this.projects = projects;
    this.forms = forms;
    this.clock = clock;
  }

  /// The answer where it needs nothing but memory: this runs on the threads that must not wait.
  Optional<Response> fromMemory(Request request) {
    String path = request.path();
    if (!path.startsWith(FOLDER) || path.length() <= FOLDER.length() + 1) {
      return Optional.empty();
    }
    String segment = path.substring(FOLDER.length(), path.length() - 1);
    if (path.charAt(path.length() - 1) != '/' || segment.indexOf('/') >= 0) {
      return Optional.empty();
    }
    Optional<ProjectName> name = ProjectName.of(segment);
    if (name.isEmpty() || !name.get().normalized().equals(segment)) {
      return Optional.empty();
    }
    return switch (projects.remembered(name.get(), clock.instant()).orElse(null)) {
      case Standing.Current(long revision, Instant _) -> {
        RenderedPage page = forms.remembered(name.get(), form(request), revision);
        yield page == null ? Optional.empty() : Optional.of(page.answer(request));
      }
      case null, default -> Optional.empty();
    };
  }

  Response answer(Request request) throws Exception {
    String asked = request.parameter("project");
    Optional<ProjectName> name = ProjectName.of(asked);
    if (name.isEmpty()) {
      return noName(asked);
    }
    if (!name.get().normalized().equals(asked) || !request.path().endsWith("/")) {
      return Response.status(301)
          .header("Location", FOLDER + name.get().normalized() + "/" + query(request))
          .empty();
    }
    return answer(request, name.get(), projects.current(name.get()));
  }

  private Response answer(Request request, ProjectName name, Standing standing) throws Exception {
    return switch (standing) {
      case Standing.Current(long revision, Instant _) -> page(request, name, revision);
      case Standing.Stale(long revision, Instant since, String _, Instant _) ->
          page(request, name, revision).with("Cache-Status", staleness(since));
      case Standing.Missing _, Standing.Refused _, Standing.Unreachable _ -> refusal(standing);
    };
  }

  /// What is answered where nothing is held that could be shown.
  Response refusal(Standing standing) {
    return switch (standing) {
      case Standing.Missing(String why, Instant _) -> Refusals.problem(404, "No such project", why);
      case Standing.Refused(String why, Instant _) ->
          Refusals.problem(502, "The upstream's page cannot be used", why);
      case Standing.Unreachable(String why, Instant until) ->
          Refusals.problem(503, "The upstream cannot be reached", why)
              .with("Retry-After", seconds(clock.instant(), until));
      case Standing.Current _, Standing.Stale _ ->
          throw new IllegalArgumentException("no refusal: " + standing);
    };
  }

  private Response page(Request request, ProjectName name, long revision) throws Exception {
    return forms.of(name, form(request), revision, () -> projects.held(name)).answer(request);
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
