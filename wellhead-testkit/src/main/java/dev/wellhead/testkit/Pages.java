package dev.wellhead.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Answers as a healthy index with these features would. Written against the specifications and not
/// with the core's own model, so that a mistake there cannot cancel itself out.
final class Pages {
  private static final DateTimeFormatter UPLOAD_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final String LAST_MODIFIED = "Sat, 03 Feb 2024 04:05:06 GMT";
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d*)-(\\d*)");
  private static final Pattern PROVENANCE =
      Pattern.compile("/integrity/[^/]+/[^/]+/([^/]+)/provenance");

  private static final String HTML_TYPE = "text/html; charset=utf-8";

  private final JsonMapper json = JsonMapper.shared();
  private final Shelf shelf;
  private final Set<Feature> features;
  private final Supplier<URI> index;
  private final Supplier<URI> files;
  private final HtmlPages html;

  Pages(Shelf shelf, Set<Feature> features, Supplier<URI> index, Supplier<URI> files) {
    this.shelf = shelf;
    this.features = Set.copyOf(features);
    this.index = index;
    this.files = files;
    html = new HtmlPages(this, shelf, this.features);
  }

  /// The answer for a decoded path.
  Answer answer(FakeRequest request, String path) {
    if (features.contains(Feature.HTML)) {
      return answerInHtml(request, path);
    }
    if (path.equals("/simple/")) {
      return page(request, FakeIndex.JSON, names());
    }
    if (path.equals("/simple") || path.matches("/simple/[^/]+")) {
      return moved(path + "/");
    }
    if (path.matches("/simple/[^/]+/")) {
      return projectPage(request, path.substring("/simple/".length(), path.length() - 1));
    }
    return beside(request, path);
  }

  /// The same with pages as HTML.
  Answer answerInHtml(FakeRequest request, String path) {
    if (!path.equals("/simple/") && !path.matches("/simple/[^/]+/")) {
      return path.matches("/simple(/[^/]+)?") ? moved(path + "/") : beside(request, path);
    }
    if (features.contains(Feature.HTML_OR_406)
        && !request.header("accept").orElse("").contains("html")) {
      return Answer.text(406, "Not Acceptable");
    }
    if (path.equals("/simple/")) {
      return page(request, HTML_TYPE, html.names(shelf.projects()));
    }
    String name = path.substring("/simple/".length(), path.length() - 1);
    List<FakeFile> offered = shelf.of(name);
    return offered.isEmpty()
        ? Answer.text(404, "Not Found")
        : page(request, HTML_TYPE, html.project(name, offered));
  }

  private Answer beside(FakeRequest request, String path) {
    if (path.startsWith("/packages/")) {
      return file(request, path);
    }
    return provenance(path).orElseGet(() -> Answer.text(404, "Not Found"));
  }

  private Answer projectPage(FakeRequest request, String name) {
    String normalized = name.replaceAll("[-_.]+", "-").toLowerCase(Locale.ROOT);
    if (!normalized.equals(name)) {
      return moved("/simple/" + normalized + "/");
    }
    Optional<String> recorded = shelf.recorded(name);
    if (recorded.isPresent()) {
      String own = files.get().toString();
      return page(
          request, FakeIndex.JSON, recorded.get().replace("https://files.upstream.test/", own));
    }
    List<FakeFile> offered = shelf.of(name);
    return offered.isEmpty()
        ? Answer.text(404, "Not Found")
        : page(request, FakeIndex.JSON, render(name, offered));
  }

  private Answer moved(String to) {
    return Answer.text(308, "Moved").with("Location", to);
  }

  private Answer page(FakeRequest request, String type, String text) {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    Answer answer = Answer.of(200, type, body);
    if (features.contains(Feature.ETAG)) {
      answer = answer.with("ETag", etag(body)).with("Cache-Control", "max-age=600, public");
    }
    if (features.contains(Feature.LAST_MODIFIED)) {
      answer = answer.with("Last-Modified", LAST_MODIFIED);
    }
    if (unchanged(request, answer)) {
      return new Answer(304, answer.headers(), new Answer.Bytes(body, 0, 0));
    }
    boolean gzip = request.header("accept-encoding").orElse("").contains("gzip");
    if (features.contains(Feature.GZIP) && gzip) {
      answer = answer.withBody(gzip(body)).with("Content-Encoding", "gzip").with("Vary", "Accept");
    }
    return answer;
  }

  private static boolean unchanged(FakeRequest request, Answer answer) {
    Optional<String> etag = request.header("if-none-match");
    if (etag.isPresent()) {
      return etag.get().equals(answer.headers().get("ETag"));
    }
    return request
        .header("if-modified-since")
        .filter(since -> since.equals(answer.headers().get("Last-Modified")))
        .isPresent();
  }

  private String names() {
    List<Map<String, String>> projects =
        shelf.projects().stream().map(name -> Map.of("name", name)).toList();
    return json.writeValueAsString(Map.of("meta", meta(), "projects", projects));
  }

  private String render(String name, List<FakeFile> offered) {
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("meta", meta());
    page.put("name", name);
    if (features.contains(Feature.PROJECT_STATUS)) {
      page.put("project-status", Map.of("status", shelf.status(name)));
    }
    page.put("versions", offered.stream().map(FakeFile::version).distinct().toList());
    page.put("files", offered.stream().map(this::entry).toList());
    return json.writeValueAsString(page);
  }

  private Map<String, Object> meta() {
    String version = features.contains(Feature.PROJECT_STATUS) ? "1.4" : "1.1";
    return Map.of("api-version", version, "_last-serial", 12_345);
  }

  private Map<String, @Nullable Object> entry(FakeFile file) {
    Map<String, @Nullable Object> entry = new LinkedHashMap<>();
    entry.put("filename", file.filename());
    entry.put("url", url(file));
    entry.put("hashes", hashes(file));
    entry.put("size", file.source().size());
    entry.put("requires-python", shelf.requiresPython(file.filename()).orElse(null));
    entry.put("yanked", shelf.yank(file.filename()).<Object>map(reason -> reason).orElse(false));
    Instant uploaded = shelf.uploadTime(file);
    if (features.contains(Feature.UPLOAD_TIME) && uploaded != null) {
      entry.put("upload-time", UPLOAD_TIME.format(uploaded));
    }
    if (features.contains(Feature.CORE_METADATA)) {
      byte[] metadata = file.metadata();
      String hash = HexFormat.of().formatHex(FakeFile.sha256().digest(metadata));
      entry.put("core-metadata", metadata.length > 0 ? Map.of("sha256", hash) : false);
    }
    if (features.contains(Feature.PROVENANCE)) {
      entry.put("provenance", file.isWheel() ? provenanceUrl(file) : null);
    }
    return entry;
  }

  Map<String, String> hashes(FakeFile file) {
    if (features.contains(Feature.NO_DIGESTS)) {
      return Map.of();
    }
    return features.contains(Feature.MD5)
        ? Map.of("md5", file.hash("MD5"))
        : Map.of("sha256", file.hash());
  }

  String url(FakeFile file) {
    String path = file.path().replace("+", "%2B");
    return features.contains(Feature.RELATIVE_URLS)
        ? "../.." + path
        : files.get().resolve(path).toString();
  }

  String provenanceUrl(FakeFile file) {
    String path =
        String.join(
            "/",
            "/integrity",
            file.project(),
            file.version(),
            file.filename().replace("+", "%2B"),
            "provenance");
    return index.get().resolve(path).toString();
  }

  private Optional<Answer> provenance(String path) {
    Matcher matcher = PROVENANCE.matcher(path);
    if (!features.contains(Feature.PROVENANCE) || !matcher.matches()) {
      return Optional.empty();
    }
    String body = json.writeValueAsString(Map.of("version", 1, "attestation_bundles", List.of()));
    return Optional.of(
        Answer.of(
            200, "application/vnd.pypi.integrity.v1+json", body.getBytes(StandardCharsets.UTF_8)));
  }

  private Answer file(FakeRequest request, String path) {
    if (path.endsWith(".metadata") && features.contains(Feature.METADATA_SERVED)) {
      byte[] metadata =
          shelf
              .at(path.substring(0, path.length() - ".metadata".length()))
              .map(FakeFile::metadata)
              .orElse(new byte[0]);
      return metadata.length == 0
          ? Answer.text(404, "Not Found")
          : Answer.of(200, "application/octet-stream", metadata);
    }
    return shelf
        .at(path)
        .map(file -> ranged(request, file.source()))
        .orElseGet(() -> Answer.text(404, "Not Found"));
  }

  private Answer ranged(FakeRequest request, FakeFile.Source body) {
    Answer whole = new Answer(200, Map.of("Content-Type", "application/octet-stream"), body);
    if (!features.contains(Feature.RANGES)) {
      return whole;
    }
    Answer accepting = whole.with("Accept-Ranges", "bytes");
    Matcher range = RANGE.matcher(request.header("range").orElse(""));
    if (!range.matches() || range.group().equals("bytes=-")) {
      return accepting;
    }
    long size = body.size();
    boolean suffix = range.group(1).isEmpty();
    long from =
        suffix
            ? Math.max(size - Long.parseLong(range.group(2)), 0)
            : Long.parseLong(range.group(1));
    long to =
        suffix || range.group(2).isEmpty()
            ? size - 1
            : Math.min(Long.parseLong(range.group(2)), size - 1);
    if (from > to) {
      return Answer.text(416, "Range Not Satisfiable").with("Content-Range", "bytes */" + size);
    }
    return new Answer(206, accepting.headers(), new Answer.Part(body, from, to - from + 1))
        .with("Content-Range", "bytes " + from + "-" + to + "/" + size);
  }

  private static String etag(byte[] body) {
    String hash = HexFormat.of().formatHex(FakeFile.sha256().digest(body));
    return '"' + hash.substring(0, 32) + '"';
  }

  static byte[] gzip(byte[] body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
