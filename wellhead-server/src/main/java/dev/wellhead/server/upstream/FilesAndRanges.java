package dev.wellhead.server.upstream;

import java.net.URI;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Makes files and stretches of them out of answers. Bytes are taken as they are: an encoding that
/// a host claims for what it sends (some do for `.tar.gz`) is not undone, since the hash is the
/// file's.
final class FilesAndRanges {
  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes ([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18})");

  private FilesAndRanges() {}

  static Ask ask(URI url) {
    return new Ask(url, Ask.Purpose.FILE, headers());
  }

  static Ask ask(URI url, String range) {
    Map<String, String> headers = headers();
    headers.put("Range", "bytes=" + range);
    return new Ask(url, Ask.Purpose.RANGE, headers);
  }

  /// @param size what the page says, -1 where it says nothing
  /// @param most bytes that are taken of any file
  static FileAnswer file(Reply reply, long size, long most) throws NoAnswerException {
    FileAnswer answer =
        switch (Replies.kind(reply, 200)) {
          case Replies.Kind.Absent(int status) -> new FileAnswer.Absent(status);
          case Replies.Kind.Useless(String why) -> new FileAnswer.Refused(why);
          case Replies.Kind.Wanted() -> {
            long announced = reply.body().announced();
            if (size >= 0 && announced >= 0 && announced != size) {
              yield new FileAnswer.Refused(
                  reply.name()
                      + " announces "
                      + announced
                      + " bytes, and its page says "
                      + size
                      + ".");
            }
            long limit = size >= 0 ? Math.min(size, most) : most;
            if (announced > limit) {
              yield new FileAnswer.Refused(
                  reply.name()
                      + " announces "
                      + announced
                      + " bytes; more than "
                      + limit
                      + " are not taken (setting `upstream.limits`).");
            }
            yield new FileAnswer.Open(new Bounded(reply.body(), limit, reply.name()), announced);
          }
        };
    if (!(answer instanceof FileAnswer.Open)) {
      reply.close();
    }
    return answer;
  }

  /// @param from the first byte that was asked for, -1 for the end of the file
  /// @param count how many bytes were asked for
  static RangeAnswer range(Reply reply, long from, int count) throws NoAnswerException {
    try (reply) {
      if (reply.status() == 200) {
        return new RangeAnswer.NoRanges();
      }
      return switch (Replies.kind(reply, 206)) {
        case Replies.Kind.Absent(int status) -> new RangeAnswer.Absent(status);
        case Replies.Kind.Useless(String why) -> new RangeAnswer.Refused(why);
        case Replies.Kind.Wanted() -> part(reply, from, count);
      };
    }
  }

  private static RangeAnswer part(Reply reply, long from, int count) throws NoAnswerException {
    String header = reply.header("Content-Range").orElse("");
    Matcher matcher = CONTENT_RANGE.matcher(header);
    if (!matcher.matches()) {
      return new RangeAnswer.Refused(
          reply.name() + " sends a part without saying which: " + Words.quoted(header) + ".");
    }
    long first = Long.parseLong(matcher.group(1));
    long last = Long.parseLong(matcher.group(2));
    long total = Long.parseLong(matcher.group(3));
    long wanted = from < 0 ? Math.max(total - count, 0) : from;
    if (first != wanted || last != Math.min(wanted + count, total) - 1 || last < first) {
      return new RangeAnswer.Refused(
          reply.name() + " sends another part than was asked for: " + Words.quoted(header) + ".");
    }
    int length = (int) (last - first + 1);
    byte[] bytes = reply.body().next(length);
    if (bytes.length != length || reply.body().read() >= 0) {
      return new RangeAnswer.Refused(
          reply.name()
              + " sends a part of another length than it says: "
              + Words.quoted(header)
              + ".");
    }
    return new RangeAnswer.Part(ByteBuffer.wrap(bytes).asReadOnlyBuffer(), first, total);
  }

  private static Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Accept", "*/*");
    headers.put("Accept-Encoding", "identity");
    return headers;
  }
}
