package dev.wellhead.core.pypi;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The legacy JSON API in the shape of the public index: `/pypi/<project>/json` and
/// `/pypi/<project>/<version>/json`.
///
/// What an index behind pages cannot know (downloads, signatures, vulnerabilities) has the value
/// that the public index uses for "not counted": -1, false, an empty list. `versionOf` gives the
/// version that a file name belongs to, spelled as in the page's `versions`, or empty where the
/// name cannot be read; such files belong to no release and are left out. File URLs are written as
/// the page has them.
public final class LegacyJson {
  private static final int TYPICAL_FILE_LENGTH = 900;

  /// The digests that the legacy API shows.
  private static final List<String> DIGESTS = List.of("blake2b_256", "md5", "sha256");

  private LegacyJson() {}

  /// The document of a project: `info` and `urls` of its latest version, and all releases.
  public static byte[] renderProject(
      ProjectPage page,
      String latestVersion,
      @Nullable ProjectInfo info,
      Function<String, Optional<String>> versionOf) {
    Map<String, List<FileEntry>> releases = releases(page, versionOf);
    PageWriter out = begin(page, latestVersion, info, releases);
    out.raw(",\"releases\":{");
    String separator = "";
    for (Map.Entry<String, List<FileEntry>> release : releases.entrySet()) {
      out.raw(separator).json(release.getKey()).raw(":");
      renderFiles(out, release.getValue());
      separator = ",";
    }
    out.raw("}");
    return end(out, releases.getOrDefault(latestVersion, List.of()));
  }

  /// The document of one release: its `info` and its `urls`.
  public static byte[] renderRelease(
      ProjectPage page,
      String version,
      @Nullable ProjectInfo info,
      Function<String, Optional<String>> versionOf) {
    Map<String, List<FileEntry>> releases = releases(page, versionOf);
    PageWriter out = begin(page, version, info, releases);
    return end(out, releases.getOrDefault(version, List.of()));
  }

  private static PageWriter begin(
      ProjectPage page,
      String version,
      @Nullable ProjectInfo info,
      Map<String, List<FileEntry>> releases) {
    PageWriter out = new PageWriter(4096 + page.files().size() * TYPICAL_FILE_LENGTH);
    out.raw("{\"info\":");
    LegacyInfo.render(out, page, version, info, releases.getOrDefault(version, List.of()));
    out.raw(",\"last_serial\":");
    return page.lastSerial() == null ? out.raw("null") : out.number(page.lastSerial());
  }

  private static byte[] end(PageWriter out, List<FileEntry> urls) {
    out.raw(",\"urls\":");
    renderFiles(out, urls);
    return out.raw(",\"vulnerabilities\":[]}").toBytes();
  }

  /// The files by release: the page's versions in its order, those without files too.
  private static Map<String, List<FileEntry>> releases(
      ProjectPage page, Function<String, Optional<String>> versionOf) {
    Map<String, List<FileEntry>> releases = LinkedHashMap.newLinkedHashMap(page.versions().size());
    for (String version : page.versions()) {
      releases.put(version, new ArrayList<>());
    }
    for (FileEntry file : page.files()) {
      versionOf
          .apply(file.filename())
          .ifPresent(
              version -> releases.computeIfAbsent(version, _ -> new ArrayList<>()).add(file));
    }
    return releases;
  }

  private static void renderFiles(PageWriter out, List<FileEntry> files) {
    out.raw("[");
    String separator = "";
    for (FileEntry file : files) {
      out.raw(separator);
      renderFile(out, file);
      separator = ",";
    }
    out.raw("]");
  }

  private static void renderFile(PageWriter out, FileEntry file) {
    LegacyKind kind = LegacyKind.of(file.filename());
    out.raw("{\"comment_text\":\"\",\"digests\":{");
    String separator = "\"";
    for (String algorithm : DIGESTS) {
      String digest = file.hashes().get(algorithm);
      if (digest != null) {
        out.raw(separator).raw(algorithm).raw("\":\"").raw(digest).raw("\"");
        separator = ",\"";
      }
    }
    out.raw("},\"downloads\":-1,\"filename\":").json(file.filename());
    out.raw(",\"has_sig\":false");
    String md5 = file.hashes().get("md5");
    if (md5 != null) {
      out.raw(",\"md5_digest\":\"").raw(md5).raw("\"");
    }
    out.raw(",\"packagetype\":").json(kind.packageType());
    out.raw(",\"python_version\":").json(kind.pythonVersion());
    out.raw(",\"requires_python\":").jsonOrNull(file.requiresPython());
    out.raw(",\"size\":");
    if (file.size() == null) {
      out.raw("null");
    } else {
      out.number(file.size());
    }
    switch (file.uploadTime()) {
      case UploadTime.Stated(Instant at) -> renderUploadTime(out, at);
      case UploadTime.FirstSeen(Instant at) -> renderUploadTime(out, at);
      case UploadTime.Unstated _ -> out.raw(",\"upload_time\":null,\"upload_time_iso_8601\":null");
    }
    out.raw(",\"url\":").json(file.url());
    renderYank(out, file.yank());
    out.raw("}");
  }

  private static void renderUploadTime(PageWriter out, Instant at) {
    out.raw(",\"upload_time\":\"").raw(Rfc3339.seconds(at));
    out.raw("\",\"upload_time_iso_8601\":\"").raw(Rfc3339.micros(at)).raw("\"");
  }

  /// Writes `yanked` and `yanked_reason`, which a file and a release's `info` have alike.
  static void renderYank(PageWriter out, Yank yank) {
    switch (yank) {
      case Yank.Not _ -> out.raw(",\"yanked\":false,\"yanked_reason\":null");
      case Yank.Yanked(String reason) ->
          out.raw(",\"yanked\":true,\"yanked_reason\":")
              .jsonOrNull(reason.isEmpty() ? null : reason);
    }
  }
}
