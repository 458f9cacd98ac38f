package dev.wellhead.core.pypi;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.Charset;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// The HTML form of the Simple API, version 1.4 (PEP 503, 592, 629, 658, 714, 740, 792), read and
/// written.
///
/// It says what the JSON form says, but for what HTML has no place for: sizes, upload times,
/// versions, and all hashes of a file but one.
public final class SimpleHtml {
  private static final int TYPICAL_FILE_LENGTH = 500;
  private static final int CHUNK = 32 * 1024;

  /// The hashes that installers check, the one to show first.
  private static final List<String> CHECKED_HASHES =
      List.of("sha256", "sha512", "sha384", "sha224", "sha1", "md5");

  private SimpleHtml() {}

  /// Reads the page of one project, from an index that has no JSON.
  ///
  /// What it gives is what [SimpleJson#parsePage] gives of a page that states no name, no versions,
  /// no sizes and no times. A file's name is the last segment of its link's path, decoded; links
  /// that end as no distribution does are passed over. URLs come as the page has them, without a
  /// fragment; where the page has a `base`, they are resolved against that. What would hurt is
  /// refused in the words of JSON, and a page that is HTML but no index's is refused too, since a
  /// sign-in page must not pass for a project without files. `in` stays open.
  ///
  /// @param charset as the answer's head says, UTF-8 where it does not; what is no text in it
  ///   becomes U+FFFD
  /// @param at the page's own URL
  public static ProjectPage parsePage(InputStream in, Charset charset, URI at, PageLimits limits)
      throws MalformedPageException, IOException {
    HtmlPageReader reader = new HtmlPageReader(at, limits);
    BoundedHtml.read(in, charset, limits, reader::readOfProject);
    return reader.project();
  }

  /// Reads the list of all projects and gives each name to `names` as it comes: what is linked
  /// right below the list's own folder, in the spelling of the link's text where that is the name.
  /// Parameters and refusals as in [#parsePage].
  public static void parseNames(
      InputStream in, Charset charset, URI at, PageLimits limits, Consumer<String> names)
      throws MalformedPageException, IOException {
    HtmlPageReader reader = new HtmlPageReader(at, limits);
    HtmlPageReader.NamesRead list = new HtmlPageReader.NamesRead(names);
    BoundedHtml.read(in, charset, limits, element -> reader.readOfNames(element, list));
    reader.requireNames(list);
  }

  /// The page of one project, the same bytes for the same page.
  public static byte[] renderPage(ProjectPage page) {
    return renderPage(page, List.of());
  }

  /// The same; where `joined` has names, a `wellhead:joined` of each says that the files come from
  /// these sources of the index together.
  public static byte[] renderPage(ProjectPage page, List<String> joined) {
    PageWriter out = new PageWriter(1024 + page.files().size() * TYPICAL_FILE_LENGTH);
    String name = page.normalizedName();
    renderHead(out);
    out.raw("<meta name=\"pypi:project-status\" content=\"");
    out.html(page.status().state().word()).raw("\">");
    if (!page.status().reason().isEmpty()) {
      out.raw("<meta name=\"pypi:project-status-reason\" content=\"");
      out.html(page.status().reason()).raw("\">");
    }
    for (String source : joined) {
      out.raw("<meta name=\"wellhead:joined\" content=\"").html(source).raw("\">");
    }
    out.raw("<title>Links for ").html(name).raw("</title></head>\n<body>\n<h1>Links for ");
    out.html(name).raw("</h1>\n");
    for (FileEntry file : page.files()) {
      renderFile(out, file);
    }
    return out.raw("</body></html>\n").toBytes();
  }

  /// Writes the list of all projects without holding it; `out` stays open. Names that are not valid
  /// are left out; links go to the normalized names.
  public static void renderNames(Iterator<String> names, OutputStream out) throws IOException {
    PageWriter writer = new PageWriter(2 * CHUNK);
    renderHead(writer);
    writer.raw("<title>Simple index</title></head>\n<body>\n");
    while (names.hasNext()) {
      String name = names.next();
      Optional<ProjectName> project = ProjectName.of(name);
      if (project.isPresent()) {
        writer.raw("<a href=\"").html(project.get().normalized()).raw("/\">");
        writer.html(name).raw("</a><br>\n");
      }
      if (writer.length() > CHUNK) {
        writer.drainTo(out);
      }
    }
    writer.raw("</body></html>\n").drainTo(out);
  }

  private static void renderHead(PageWriter out) {
    out.raw("<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\">");
    out.raw("<meta name=\"pypi:repository-version\" content=\"1.4\">");
  }

  private static void renderFile(PageWriter out, FileEntry file) {
    out.raw("<a href=\"").html(file.url());
    renderFragment(out, file.hashes());
    out.raw("\"");
    if (file.requiresPython() != null) {
      out.raw(" data-requires-python=\"").html(file.requiresPython()).raw("\"");
    }
    if (file.yank() instanceof Yank.Yanked(String reason)) {
      out.raw(" data-yanked=\"").html(reason).raw("\"");
    }
    String metadata =
        switch (file.metadataFile()) {
          case MetadataFile.Unstated _, MetadataFile.Absent _ -> "";
          case MetadataFile.Announced _ -> "true";
          case MetadataFile.Hashed(Sha256 sha256) -> "sha256=" + sha256.hex();
        };
    if (!metadata.isEmpty()) {
      out.raw(" data-core-metadata=\"").raw(metadata).raw("\"");
      out.raw(" data-dist-info-metadata=\"").raw(metadata).raw("\"");
    }
    if (file.provenance() != null) {
      out.raw(" data-provenance=\"").html(file.provenance()).raw("\"");
    }
    out.raw(">").html(file.filename()).raw("</a><br>\n");
  }

  private static void renderFragment(PageWriter out, Map<String, String> hashes) {
    for (String algorithm : CHECKED_HASHES) {
      String digest = hashes.get(algorithm);
      if (digest != null) {
        out.raw("#").raw(algorithm).raw("=").raw(digest);
        return;
      }
    }
  }
}
