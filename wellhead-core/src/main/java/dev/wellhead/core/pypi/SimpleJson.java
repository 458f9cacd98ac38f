package dev.wellhead.core.pypi;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// The JSON form of the Simple API (PEP 691, 700, 714, 740, 792), read and written.
public final class SimpleJson {
  private static final String META = "{\"meta\":{\"api-version\":\"1.4\"";
  private static final int TYPICAL_FILE_LENGTH = 600;
  private static final int CHUNK = 32 * 1024;

  private SimpleJson() {}

  /// Reads the page of one project.
  ///
  /// Poor mirrors are taken as they are: missing are the API version, the name, versions, sizes,
  /// upload times, metadata keys; unknown keys are passed over. What would hurt is refused: a file
  /// name that is a path, a hash that is none, one file name for two contents, a page beyond its
  /// limits, another major version of the API. URLs come as the page has them, without a fragment:
  /// whether they may be followed is for the caller to judge. `in` is read to its end and stays
  /// open; its own faults come through unchanged.
  public static ProjectPage parsePage(InputStream in, PageLimits limits)
      throws MalformedPageException, IOException {
    return BoundedJson.read(in, limits, parser -> new PageReader(parser, limits).readProject());
  }

  /// Reads the list of all projects and gives each name to `names` as it comes, in the spelling of
  /// the page.
  ///
  /// A name that is not valid is left out, since nobody can ask for it. The page may turn out to be
  /// malformed after many names were given.
  public static void parseNames(InputStream in, PageLimits limits, Consumer<String> names)
      throws MalformedPageException, IOException {
    BoundedJson.read(
        in,
        limits,
        parser -> {
          new PageReader(parser, limits).readNames(names);
          return limits;
        });
  }

  /// The page as API version 1.4 has it, the same bytes for the same page.
  ///
  /// Both keys about metadata are there: `core-metadata` of PEP 714, and `data-dist-info-metadata`,
  /// which the public index sends and some clients read. A file without a SHA-256, which is listed
  /// but does not leave this house, has `"_wellhead": {"refused": "no-sha256"}`.
  public static byte[] renderPage(ProjectPage page) {
    return renderPage(page, List.of());
  }

  /// The same; where `joined` has names, `_wellhead` says that the files come from these sources of
  /// the index together.
  public static byte[] renderPage(ProjectPage page, List<String> joined) {
    PageWriter out = new PageWriter(1024 + page.files().size() * TYPICAL_FILE_LENGTH);
    out.raw(META);
    if (page.lastSerial() != null) {
      out.raw(",\"_last-serial\":").number(page.lastSerial());
    }
    out.raw("},\"name\":").json(page.normalizedName());
    out.raw(",\"project-status\":{\"status\":").json(page.status().state().word());
    if (!page.status().reason().isEmpty()) {
      out.raw(",\"reason\":").json(page.status().reason());
    }
    out.raw("},\"versions\":[");
    String separator = "";
    for (String version : page.versions()) {
      out.raw(separator).json(version);
      separator = ",";
    }
    out.raw("],\"files\":[");
    renderFiles(out, page.files());
    out.raw("]");
    if (!joined.isEmpty()) {
      out.raw(",\"_wellhead\":{\"joined\":[");
      separator = "";
      for (String source : joined) {
        out.raw(separator).json(source);
        separator = ",";
      }
      out.raw("]}");
    }
    return out.raw("}").toBytes();
  }

  /// Writes the list of all projects without holding it; `out` stays open. Names that are not valid
  /// are left out.
  public static void renderNames(Iterator<String> names, OutputStream out) throws IOException {
    PageWriter writer = new PageWriter(2 * CHUNK);
    writer.raw(META).raw("},\"projects\":[");
    String separator = "";
    while (names.hasNext()) {
      String name = names.next();
      if (ProjectName.of(name).isPresent()) {
        writer.raw(separator).raw("{\"name\":").json(name).raw("}");
        separator = ",";
      }
      if (writer.length() > CHUNK) {
        writer.drainTo(out);
      }
    }
    writer.raw("]}").drainTo(out);
  }

  private static void renderFiles(PageWriter out, List<FileEntry> files) {
    String separator = "{\"filename\":";
    for (FileEntry file : files) {
      out.raw(separator).json(file.filename());
      separator = ",{\"filename\":";
      out.raw(",\"url\":").json(file.url());
      renderHashes(out, file.hashes());
      if (file.requiresPython() != null) {
        out.raw(",\"requires-python\":").json(file.requiresPython());
      }
      if (file.size() != null) {
        out.raw(",\"size\":").number(file.size());
      }
      renderUploadTime(out, file.uploadTime());
      switch (file.yank()) {
        case Yank.Not _ -> out.raw(",\"yanked\":false");
        case Yank.Yanked(String reason) when reason.isEmpty() -> out.raw(",\"yanked\":true");
        case Yank.Yanked(String reason) -> out.raw(",\"yanked\":").json(reason);
      }
      renderMetadataFile(out, file.metadataFile());
      if (file.provenance() != null) {
        out.raw(",\"provenance\":").json(file.provenance());
      }
      renderOwn(out, file);
      out.raw("}");
    }
  }

  /// What no specification has a place for: whose upload time it is, and that the file will be
  /// refused since nothing was stated to check it by.
  private static void renderOwn(PageWriter out, FileEntry file) {
    boolean firstSeen = file.uploadTime() instanceof UploadTime.FirstSeen;
    boolean unchecked = !file.hashes().containsKey("sha256");
    if (firstSeen || unchecked) {
      out.raw(",\"_wellhead\":{");
      out.raw(firstSeen ? "\"upload-time\":\"first-seen\"" : "");
      out.raw(firstSeen && unchecked ? "," : "");
      out.raw(unchecked ? "\"refused\":\"no-sha256\"" : "").raw("}");
    }
  }

  private static void renderHashes(PageWriter out, Map<String, String> hashes) {
    out.raw(",\"hashes\":{");
    String separator = "\"";
    for (Map.Entry<String, String> hash : hashes.entrySet()) {
      // Neither part needs an escape: FileEntry takes no other than such.
      out.raw(separator).raw(hash.getKey()).raw("\":\"").raw(hash.getValue()).raw("\"");
      separator = ",\"";
    }
    out.raw("}");
  }

  private static void renderUploadTime(PageWriter out, UploadTime uploadTime) {
    switch (uploadTime) {
      case UploadTime.Stated(Instant at) -> renderInstant(out, at);
      case UploadTime.FirstSeen(Instant at) -> renderInstant(out, at);
      case UploadTime.Unstated _ -> {}
    }
  }

  private static void renderInstant(PageWriter out, Instant at) {
    out.raw(",\"upload-time\":\"").raw(Rfc3339.micros(at)).raw("\"");
  }

  private static void renderMetadataFile(PageWriter out, MetadataFile metadataFile) {
    String value =
        switch (metadataFile) {
          case MetadataFile.Unstated _ -> "";
          case MetadataFile.Absent _ -> "false";
          case MetadataFile.Announced _ -> "true";
          case MetadataFile.Hashed(Sha256 sha256) -> "{\"sha256\":\"" + sha256.hex() + "\"}";
        };
    if (!value.isEmpty()) {
      out.raw(",\"core-metadata\":").raw(value);
      out.raw(",\"data-dist-info-metadata\":").raw(value);
    }
  }
}
