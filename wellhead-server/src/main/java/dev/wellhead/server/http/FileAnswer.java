package dev.wellhead.server.http;

import java.util.List;
import java.util.Map;

/// Answers requests for a file with conditions and ranges (RFC 9110 sections 13 and 14).
///
/// One range is answered with 206. Several in one request are answered with the whole file, as
/// section 14.2 allows: no installer asks for them, and `multipart/byteranges` is a known way to
/// make a server work hard for little. A `Range` that is malformed or of another unit is ignored,
/// as that section demands.
public final class FileAnswer {
  private FileAnswer() {}

  /// The answer to `request` for `entity`: 200, 206, 304 or 416, with `headers` added to each.
  public static Response of(Request request, FileEntity entity, Map<String, String> headers) {
    if (request.holds(entity.etag())) {
      return begin(304, entity, headers).empty();
    }
    ByteRange range = range(request, entity);
    return switch (range) {
      case ByteRange.Whole _ ->
          begin(200, entity, headers)
              .filePart(entity.contentType(), entity.path(), 0, entity.length());
      case ByteRange.Part(long from, long length) ->
          begin(206, entity, headers)
              .header("Content-Range", contentRange(from, length, entity))
              .filePart(entity.contentType(), entity.path(), from, length);
      case ByteRange.Outside _ ->
          begin(416, entity, headers)
              .header("Content-Range", "bytes */" + entity.length())
              .bytes(Problem.CONTENT_TYPE, outside(entity).toJson());
    };
  }

  /// `If-Range` is compared strongly, so a date or a weak tag gets the whole file: it cannot prove
  /// that the part which the client holds is of these bytes (section 13.1.5).
  private static ByteRange range(Request request, FileEntity entity) {
    List<String> lines = request.headers("Range");
    boolean fits = request.header("If-Range").map(entity.etag()::equals).orElse(true);
    return request.method().equals("GET") && lines.size() == 1 && fits
        ? ByteRange.parse(lines.getFirst(), entity.length())
        : new ByteRange.Whole();
  }

  private static Response.Builder begin(
      int status, FileEntity entity, Map<String, String> headers) {
    Response.Builder answer = Response.status(status);
    headers.forEach(answer::header);
    return answer.header("ETag", entity.etag()).header("Accept-Ranges", "bytes");
  }

  private static String contentRange(long from, long length, FileEntity entity) {
    return "bytes " + from + "-" + (from + length - 1) + "/" + entity.length();
  }

  private static Problem outside(FileEntity entity) {
    return Problem.of(
        416,
        "Range outside the file",
        "The file has " + entity.length() + " bytes, and the range asked for lies behind its end.");
  }
}
