package dev.wellhead.core.pypi;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/// Reads a JSON object from a stranger token by token, under the limits, and tells three things
/// apart: a page that is wrong ([MalformedPageException]), a connection that failed
/// ([IOException]), and a result.
final class BoundedJson {
  private static final int MAX_COMPLAINT_LENGTH = 200;

  private BoundedJson() {}

  /// Reads on from the object's opening brace to its closing one.
  interface ObjectReader<T> {
    T read(JsonParser parser) throws MalformedPageException;
  }

  /// What `reader` makes of the one object in `in`, which stays open.
  static <T> T read(InputStream in, PageLimits limits, ObjectReader<T> reader)
      throws MalformedPageException, IOException {
    BoundedInput bounded = new BoundedInput(in, limits);
    try (JsonParser parser = factory(limits).createParser(ObjectReadContext.empty(), bounded)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new MalformedPageException("The page is no JSON object.");
      }
      T result = reader.read(parser);
      if (parser.nextToken() != null) {
        throw new MalformedPageException("The page goes on after its JSON object.");
      }
      return result;
    } catch (JacksonIOException broken) {
      throw fault(broken, bounded);
    } catch (StreamConstraintsException tooMuch) {
      throw new MalformedPageException(
          "The page passes a limit: " + complaint(tooMuch).replaceFirst(", from `.*", "") + ".");
    } catch (JacksonException notJson) {
      throw new MalformedPageException("The page is not JSON: " + complaint(notJson) + ".");
    }
  }

  /// A factory for one page: its tables of property names live no longer than the page does.
  private static JsonFactory factory(PageLimits limits) {
    return JsonFactory.builder()
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(limits.maxNesting())
                .maxStringLength(limits.maxStringLength())
                .maxNameLength(limits.maxStringLength())
                .build())
        .build();
  }

  /// The fault to throw for what came out of the stream. The parser has such exceptions of its own
  /// as well, for bytes in encodings that it does not know: those are about the page.
  private static IOException fault(JacksonIOException broken, BoundedInput in)
      throws MalformedPageException {
    IOException cause = broken.getCause();
    if (cause instanceof TooLong tooLong) {
      throw new MalformedPageException(
          "The page passes a limit: it is longer than " + tooLong.maxBytes + " bytes.");
    }
    if (in.fault == null) {
      throw new MalformedPageException("The page is not JSON: its bytes are no text.");
    }
    return in.fault;
  }

  private static String complaint(JacksonException exception) {
    String message = PageRules.printable(exception.getOriginalMessage(), MAX_COMPLAINT_LENGTH);
    TokenStreamLocation at = exception.getLocation();
    return at == null
        ? message
        : message + " at line " + at.getLineNr() + ", column " + at.getColumnNr();
  }

  /// The first bytes of a stream, and a fault where there are more.
  private static final class BoundedInput extends InputStream {
    private final InputStream in;
    private final long maxBytes;
    private long count;
    private @Nullable IOException fault;

    BoundedInput(InputStream in, PageLimits limits) {
      this.in = in;
      this.maxBytes = limits.maxBytes();
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      try {
        int read = in.read(buffer, offset, length);
        count(Math.max(read, 0));
        return read;
      } catch (IOException own) {
        fault = own;
        throw own;
      }
    }

    private void count(int read) throws TooLong {
      count += read;
      if (count > maxBytes) {
        throw new TooLong(maxBytes);
      }
    }
  }

  private static final class TooLong extends IOException {
    private static final long serialVersionUID = 1L;
    private final long maxBytes;

    TooLong(long maxBytes) {
      super("longer than " + maxBytes + " bytes");
      this.maxBytes = maxBytes;
    }
  }
}
