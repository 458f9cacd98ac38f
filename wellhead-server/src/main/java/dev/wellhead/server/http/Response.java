package dev.wellhead.server.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.jspecify.annotations.Nullable;

/// An answer, complete and immutable; one object may answer any number of requests, at once as
/// well.
///
/// Whoever keeps answers in memory keeps these: headers and bytes are laid out once, so that
/// answering again allocates next to nothing. A HEAD request gets the same object as GET would; the
/// body is left out when it is sent.
public final class Response {
  /// Longest reason phrase that is sent, in characters; what is longer is cut.
  public static final int REASON_LIMIT = 150;

  private final int status;
  private final @Nullable String reason;
  private final HttpFields fields;
  private final Body body;
  private final @Nullable Problem problem;

  private Response(int status, @Nullable String reason, HttpFields fields, Body body) {
    this(status, reason, fields, body, null);
  }

  private Response(
      int status,
      @Nullable String reason,
      HttpFields fields,
      Body body,
      @Nullable Problem problem) {
    this.status = status;
    this.reason = reason;
    this.fields = fields;
    this.body = body;
    this.problem = problem;
  }

  /// Begins an answer with this status code.
  public static Builder status(int status) {
    if (status < 200 || status > 599) {
      throw new IllegalArgumentException("not the status of an answer: " + status);
    }
    return new Builder(status);
  }

  /// The status code.
  public int status() {
    return status;
  }

  /// This answer with one header more, or with another value for a header it has.
  public Response with(String name, String value) {
    HttpFields.Mutable changed = HttpFields.build(fields);
    changed.put(Builder.field(name, value));
    return new Response(status, reason, changed.asImmutable(), body, problem);
  }

  /// This answer, which is the document of `told`.
  Response telling(Problem told) {
    return new Response(status, reason, fields, body, told);
  }

  /// The problem that this answer is the document of, or null.
  @Nullable Problem problem() {
    return problem;
  }

  /// This answer with a page in place of its body.
  Response as(ProblemPages.Page page) {
    byte[] bytes = page.html().getBytes(StandardCharsets.UTF_8);
    HttpFields.Mutable changed = HttpFields.build(fields);
    changed.put(HttpHeader.CONTENT_TYPE, ProblemPages.CONTENT_TYPE);
    changed.put(HttpHeader.CONTENT_LENGTH, (long) bytes.length);
    changed.put("Content-Security-Policy", page.policy());
    changed.put("X-Content-Type-Options", "nosniff");
    changed.put("Referrer-Policy", "no-referrer");
    return new Response(status, reason, changed.asImmutable(), new Body.Bytes(bytes));
  }

  /// The same answer with its headers encoded beforehand: for one that is sent again and again.
  public Response encoded() {
    HttpFields.Mutable encoded = HttpFields.build();
    for (HttpField field : fields) {
      encoded.add(new PreEncodedHttpField(field.getHeader(), field.getName(), field.getValue()));
    }
    return new Response(status, reason, encoded.asImmutable(), body, problem);
  }

  @Nullable String reason() {
    return reason;
  }

  HttpFields fields() {
    return fields;
  }

  Body body() {
    return body;
  }

  /// What follows the headers.
  sealed interface Body {
    /// Nothing.
    record Empty() implements Body {}

    /// Bytes in memory.
    ///
    /// Sending from the heap copies first. Bytes that are sent again and again move out of the
    /// heap, which saves that copy: many of them into a file ([Scratch]), fewer into memory that
    /// only the collector frees. Those sent once or twice stay.
    final class Bytes implements Body {
      private static final int WORTH_MOVING = 16 * 1024;
      private static final int OFTEN = 8;

      private volatile ByteBuffer buffer;
      private int sent;

      Bytes(byte[] bytes) {
        buffer = ByteBuffer.wrap(bytes).asReadOnlyBuffer();
      }

      /// A view for one answer; whoever sends it holds on to this object until it is sent.
      ByteBuffer toSend(Scratch scratch) {
        ByteBuffer now = buffer;
        // A count lost between two threads only moves the bytes a little later.
        if (!now.isDirect() && now.capacity() >= WORTH_MOVING && ++sent >= OFTEN) {
          now = moved(now, scratch);
          buffer = now;
        }
        return now.duplicate();
      }

      private ByteBuffer moved(ByteBuffer bytes, Scratch scratch) {
        ByteBuffer file =
            bytes.capacity() >= FileRegions.WORTH_LOOKING ? scratch.move(bytes, this) : null;
        return file != null
            ? file
            : ByteBuffer.allocateDirect(bytes.capacity())
                .put(bytes.duplicate())
                .flip()
                .asReadOnlyBuffer();
      }

      /// A view for an answer that is sent once.
      ByteBuffer view() {
        return buffer.duplicate();
      }
    }

    /// Bytes that `writer` makes; -1 is an unknown length.
    record Stream(long length, BodyWriter writer) implements Body {}

    /// `length` bytes of a file, from offset `from` on.
    record FilePart(Path path, long from, long length) implements Body {}
  }

  /// Gathers status, reason phrase and headers; the terminal methods add the body and make the
  /// answer.
  public static final class Builder {
    private final int status;
    private @Nullable String reason;
    private final HttpFields.Mutable fields = HttpFields.build();

    private Builder(int status) {
      this.status = status;
    }

    /// A reason phrase for the status line of HTTP/1.1 (RFC 9112 section 4); HTTP/2 has none.
    ///
    /// Characters outside ISO-8859-1 and control characters become `?` or a space; it is cut after
    /// [Response#REASON_LIMIT].
    public Builder reason(String phrase) {
      reason = oneLine(phrase.length() > REASON_LIMIT ? phrase.substring(0, REASON_LIMIT) : phrase);
      return this;
    }

    /// Adds a header; a name given twice is sent twice. Line breaks in `value` become spaces.
    public Builder header(String name, String value) {
      fields.add(field(name, value));
      return this;
    }

    /// Without a body; `Content-Length: 0` where the status allows a body at all.
    public Response empty() {
      if (status != 204 && status != 304) {
        fields.put(HttpHeader.CONTENT_LENGTH, 0L);
      }
      return new Response(status, reason, fields.asImmutable(), new Body.Empty());
    }

    /// With these bytes, which must not be changed afterwards.
    public Response bytes(String contentType, byte[] body) {
      fields.put(HttpHeader.CONTENT_TYPE, contentType);
      fields.put(HttpHeader.CONTENT_LENGTH, (long) body.length);
      return new Response(status, reason, fields.asImmutable(), new Body.Bytes(body));
    }

    /// With what `writer` writes, which must be `length` bytes unless that is -1 (unknown).
    public Response stream(String contentType, long length, BodyWriter writer) {
      fields.put(HttpHeader.CONTENT_TYPE, contentType);
      if (length >= 0) {
        fields.put(HttpHeader.CONTENT_LENGTH, length);
      }
      return new Response(status, reason, fields.asImmutable(), new Body.Stream(length, writer));
    }

    Response filePart(String contentType, Path path, long from, long length) {
      fields.put(HttpHeader.CONTENT_TYPE, contentType);
      fields.put(HttpHeader.CONTENT_LENGTH, length);
      return new Response(
          status, reason, fields.asImmutable(), new Body.FilePart(path, from, length));
    }

    private static HttpField field(String name, String value) {
      if (!isToken(name)) {
        throw new IllegalArgumentException("not a header name: " + name);
      }
      return new HttpField(HttpHeader.CACHE.get(name), name, oneLine(value));
    }

    private static boolean isToken(String name) {
      return !name.isEmpty()
          && name.chars()
              .allMatch(c -> c > ' ' && c < 0x7f && "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0);
    }

    private static String oneLine(String text) {
      StringBuilder line = new StringBuilder(text.length());
      boolean same = true;
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        char kept = Character.isISOControl(c) ? ' ' : c > 0xff ? '?' : c;
        same &= kept == c;
        line.append(kept);
      }
      return same ? text : line.toString();
    }
  }

  @Override
  public String toString() {
    return status + (reason == null ? "" : " " + reason) + " " + fields;
  }
}
