package dev.wellhead.server.index;

import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.server.catalog.HeldFile;
import dev.wellhead.server.catalog.HeldProject;
import dev.wellhead.server.firewall.Verdicts;
import dev.wellhead.server.http.Request;
import dev.wellhead.server.http.Response;
import dev.wellhead.server.upstream.FileAnswer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;

/// Passes provenance objects on (PEP 740): `/integrity/{project}/{version}/{filename}/provenance`.
///
/// They can change and are not verified here; who wants to verify gets them as the source gives
/// them.
final class Provenance {
  static final String CONTENT_TYPE = "application/vnd.pypi.integrity.v1+json";

  private static final int LONGEST = 4 << 20;

  private final Page page;
  private final Locator locator;
  private final InstantSource clock;

  Provenance(Page page, Locator locator, InstantSource clock) {
    this.page = page;
    this.locator = locator;
    this.clock = clock;
  }

  Response answer(Request request, View view) throws Exception {
    Optional<ProjectName> project = ProjectName.of(request.parameter("project"));
    String filename = request.parameter("filename");
    if (project.isEmpty()) {
      return Page.noName(request.parameter("project"));
    }
    Finding finding = view.find(project.get());
    if (finding instanceof Finding.None none && !(none.standing() instanceof Standing.Missing)) {
      return page.refusal(none); // nobody knows whether there is one
    }
    View.Shown shown =
        finding instanceof Finding.Found found ? view.shown(project.get(), found) : null;
    Optional<HeldFile> file =
        shown == null
            ? Optional.empty()
            : file(shown.project(), request.parameter("version"), filename);
    Verdicts.Ruling ruling = shown == null || file.isEmpty() ? null : shown.ruling(file.get());
    if (ruling != null && !ruling.isServed()) {
      return view.gate().stops().answer(ruling, filename, clock.instant());
    }
    String url = file.map(held -> held.entry().provenance()).orElse(null);
    if (url == null
        || file.isEmpty()
        || !(locator.shelfOf(file.get()).source() instanceof Source.Asked source)) {
      return Refusals.problem(
          404, "No provenance", "no page names a provenance for " + bounded(filename));
    }
    return switch (source.upstream().file(URI.create(url))) {
      case FileAnswer.Open(InputStream body, long _) -> read(body, filename);
      case FileAnswer.Absent _ ->
          Refusals.problem(404, "No provenance", source.words() + " no longer has it");
      case FileAnswer.Refused(String why) -> Refusals.problem(502, "Not usable", why);
      case FileAnswer.Unreachable(String why, var again) ->
          Refusals.problem(503, "The upstream cannot be reached", why)
              .with("Retry-After", again == null ? "2" : Page.seconds(clock.instant(), again));
    };
  }

  private static Optional<HeldFile> file(HeldProject project, String version, String filename) {
    return project.listed().stream()
        .filter(file -> file.entry().filename().equals(filename))
        .filter(file -> Versions.of(project.name(), filename).filter(version::equals).isPresent())
        .filter(file -> file.entry().provenance() != null)
        .findFirst();
  }

  private static Response read(InputStream body, String filename) {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    try (body) {
      byte[] chunk = new byte[16 << 10];
      int length;
      while ((length = body.read(chunk)) > 0) {
        read.write(chunk, 0, length);
        if (read.size() > LONGEST) {
          return Refusals.problem(
              502, "Not usable", "the provenance of " + filename + " is longer than " + LONGEST);
        }
      }
    } catch (IOException e) {
      return Refusals.problem(503, "The upstream broke off", "it sent half a provenance object");
    }
    return Response.status(200)
        .header("Cache-Control", "no-cache")
        .header("X-Content-Type-Options", "nosniff")
        .bytes(CONTENT_TYPE, read.toByteArray());
  }

  private static String bounded(String text) {
    return text.length() <= 200 ? text : text.substring(0, 200) + "…";
  }
}
