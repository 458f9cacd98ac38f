package dev.wellhead.server.index;

import dev.wellhead.core.pypi.PageForm;
import dev.wellhead.server.firewall.Verdicts;
import dev.wellhead.server.http.Request;
import dev.wellhead.server.http.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/// A page in one form, compressed once, with the answers that carry it laid out.
///
/// The plain and the compressed bytes are two representations, so that each has its own strong
/// entity tag (RFC 9110, section 8.8.3.3).
final class RenderedPage {
  private static final int OVERHEAD = 2_000;

  private final List<Mark> marks;
  private final List<Verdicts> verdicts;
  private final int weight;
  private final Variant plain;
  private final Variant gzip;

  /// Which revision of which source's project a page was made from.
  record Mark(long source, long revision) {}

  private record Variant(String etag, Response whole, Response unchanged) {}

  private RenderedPage(
      List<Mark> marks, List<Verdicts> verdicts, int weight, Variant plain, Variant gzip) {
    this.marks = marks;
    this.verdicts = verdicts;
    this.weight = weight;
    this.plain = plain;
    this.gzip = gzip;
  }

  /// @param verdicts what the gate said of the files on it: the page counts while they hold
  static RenderedPage of(List<Mark> marks, List<Verdicts> verdicts, PageForm form, byte[] body) {
    byte[] packed = gzip(body);
    String tag = digest(body);
    return new RenderedPage(
        List.copyOf(marks),
        List.copyOf(verdicts),
        body.length + packed.length + OVERHEAD,
        variant(form, '"' + tag + '"', "", body),
        variant(form, '"' + tag + ";gzip\"", "gzip", packed));
  }

  /// Whether it was made from just these.
  boolean isOf(List<Finding.Part> parts) {
    if (marks.size() != parts.size()) {
      return false;
    }
    for (int i = 0; i < parts.size(); i++) {
      Finding.Part part = parts.get(i);
      Mark mark = marks.get(i);
      if (mark.source() != part.shelf().source().id().value()
          || mark.revision() != part.revision()) {
        return false;
      }
    }
    return true;
  }

  List<Verdicts> verdicts() {
    return verdicts;
  }

  int weight() {
    return weight;
  }

  /// The answer to `request`: the page in the coding it accepts, or 304 where it has that.
  Response answer(Request request) {
    Variant variant = Encodings.acceptsGzip(request) ? gzip : plain;
    return request.holds(variant.etag) ? variant.unchanged : variant.whole;
  }

  private static Variant variant(PageForm form, String etag, String coding, byte[] body) {
    Response.Builder whole = builder(200, etag, coding);
    String type = form == PageForm.TEXT_HTML ? "text/html; charset=utf-8" : form.contentType();
    return new Variant(
        etag, whole.bytes(type, body).encoded(), builder(304, etag, coding).empty().encoded());
  }

  private static Response.Builder builder(int status, String etag, String coding) {
    Response.Builder builder =
        Response.status(status)
            .header("ETag", etag)
            .header("Cache-Control", "no-cache")
            .header("Vary", "Accept, Accept-Encoding")
            .header("X-Content-Type-Options", "nosniff");
    if (!coding.isEmpty()) {
      builder.header("Content-Encoding", coding);
    }
    return builder;
  }

  private static String digest(byte[] body) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static byte[] gzip(byte[] body) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream(body.length / 4 + 64);
    try (GZIPOutputStream out = new GZIPOutputStream(packed, 1 << 16)) {
      out.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return packed.toByteArray();
  }
}
