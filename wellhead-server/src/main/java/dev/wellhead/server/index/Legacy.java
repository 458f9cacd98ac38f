package dev.wellhead.server.index;

import dev.wellhead.core.pypi.FileEntry;
import dev.wellhead.core.pypi.LegacyJson;
import dev.wellhead.core.pypi.MetadataDocument;
import dev.wellhead.core.pypi.ProjectInfo;
import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.ProjectPage;
import dev.wellhead.core.pypi.Sha256;
import dev.wellhead.core.pypi.Version;
import dev.wellhead.core.pypi.Yank;
import dev.wellhead.server.catalog.HeldFile;
import dev.wellhead.server.catalog.HeldProject;
import dev.wellhead.server.firewall.Verdicts;
import dev.wellhead.server.http.Request;
import dev.wellhead.server.http.Response;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The legacy JSON API, `/pypi/{project}/json` and `/pypi/{project}/{version}/json`, as PyPI
/// documents it; what it says of a release comes from METADATA of one of its wheels.
final class Legacy {
  /// A wheel without METADATA is brought whole before that is known, and one question must not
  /// bring a release's hundred wheels.
  private static final int MOST_WHEELS = 3;

  private final Page page;
  private final Forms forms;
  private final Locator locator;
  private final ServedLinks links;

  Legacy(Page page, Forms forms, Locator locator, ServedLinks links) {
    this.page = page;
    this.forms = forms;
    this.locator = locator;
    this.links = links;
  }

  Response project(Request request, View view) throws Exception {
    return answer(request, view, null);
  }

  Response release(Request request, View view) throws Exception {
    return answer(request, view, request.parameter("version"));
  }

  private Response answer(Request request, View view, @Nullable String asked) throws Exception {
    Optional<ProjectName> name = ProjectName.of(request.parameter("project"));
    if (name.isEmpty()) {
      return Page.noName(request.parameter("project"));
    }
    Finding finding = view.find(name.get());
    view.count(finding);
    return switch (finding) {
      case Finding.Found found -> answer(view, view.shown(name.get(), found), asked);
      case Finding.Reserved(String why) ->
          Refusals.problem(404, "Reserved", name.get() + " " + why);
      case Finding.None none -> page.refusal(none);
    };
  }

  private Response answer(View view, View.Shown shown, @Nullable String asked) throws Exception {
    HeldProject held = shown.project();
    ProjectName name = held.name();
    Optional<String> version = asked == null ? latest(name, held) : listed(held, asked);
    if (version.isEmpty()) {
      return Refusals.problem(404, "No such release", "the project has no such release");
    }
    ProjectPage served = withWholeUrls(view, held);
    ProjectInfo info = info(name, shown, version.get());
    byte[] body =
        asked == null
            ? LegacyJson.renderProject(served, version.get(), info, file -> Versions.of(name, file))
            : LegacyJson.renderRelease(
                served, version.get(), info, file -> Versions.of(name, file));
    return Response.status(200)
        .header("Cache-Control", "no-cache")
        .header("X-Content-Type-Options", "nosniff")
        .bytes("application/json", body);
  }

  /// Whole URLs, since readers of this API know no base; made from the public URL alone.
  private ProjectPage withWholeUrls(View view, HeldProject held) {
    ProjectPage served = forms.served(view, held);
    List<HeldFile> files = held.listed();
    List<FileEntry> entries =
        IntStream.range(0, files.size())
            .mapToObj(
                i -> served.files().get(i).withUrl(links.file(view.folder(), files.get(i).path())))
            .toList();
    return served.withFiles(entries);
  }

  /// The newest release that is final and not yanked, else the newest of what there is.
  private static Optional<String> latest(ProjectName name, HeldProject held) {
    List<String> fine =
        held.listed().stream()
            .filter(file -> file.entry().yank() instanceof Yank.Not)
            .flatMap(file -> Versions.of(name, file.entry().filename()).stream())
            .toList();
    return newest(fine, version -> !version.isPrerelease())
        .or(() -> newest(fine, _ -> true))
        .or(() -> newest(held.versions(), _ -> true));
  }

  private static Optional<String> newest(List<String> versions, Predicate<Version> wanted) {
    return versions.stream()
        .flatMap(text -> Version.parse(text).stream())
        .filter(wanted)
        .max(Comparator.naturalOrder())
        .map(Version::toString);
  }

  private static Optional<String> listed(HeldProject held, String asked) {
    Optional<Version> wanted = Version.parse(asked);
    return held.versions().stream()
        .filter(version ->
            version.equals(asked) || (wanted.isPresent() && Version.parse(version).equals(wanted)))
        .findFirst();
  }

  private @Nullable ProjectInfo info(ProjectName name, View.Shown shown, String version)
      throws Exception {
    return metadata(name, shown, version).map(Legacy::info).orElse(null);
  }

  /// METADATA of a release, out of the first of its wheels that has any and may leave.
  Optional<MetadataDocument> metadata(ProjectName name, View.Shown shown, String version)
      throws Exception {
    List<HeldFile> files =
        shown.project().listed().stream().filter(file -> isOpen(shown.ruling(file))).toList();
    Optional<Version> wanted = Version.parse(version);
    int tried = 0;
    for (HeldFile file : files) {
      if (tried == MOST_WHEELS) {
        break;
      }
      String filename = file.entry().filename();
      boolean fits =
          filename.endsWith(".whl")
              && Versions.of(name, filename).flatMap(Version::parse).equals(wanted);
      Optional<Sha256> sha256 = file.sha256();
      if (fits && sha256.isPresent()) {
        tried++;
        if (locator.shelfOf(file).metadata().of(name, file, sha256.get())
            instanceof MetadataFiles.Outcome.Found(var blob)) {
          return MetadataDocument.parse(Files.readAllBytes(blob.path())).toOptional();
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isOpen(Verdicts.@Nullable Ruling ruling) {
    return ruling != null && ruling.judgement().verdict().isServed();
  }

  private static ProjectInfo info(MetadataDocument document) {
    Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (MetadataDocument.Header header : document.headers()) {
      fields.computeIfAbsent(header.name(), _ -> new ArrayList<>()).add(header.value());
    }
    return new ProjectInfo(fields, document.description().orElse(null));
  }
}
