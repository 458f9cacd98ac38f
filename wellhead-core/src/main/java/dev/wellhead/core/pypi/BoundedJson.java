package dev.wellhead.core.pypi;

import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
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
    try (JsonParser parser =
        factory(limits).createParser(ObjectReadContext.empty(), new BoundedInput(in, limits))) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new MalformedPageException("The page is no JSON object.");
      }
      T result = reader.read(parser);
      if (parser.nextToken() != null) {
        throw new MalformedPageException("The page goes on after its JSON object.");
      }
      return result;
    } catch (JacksonIOException broken) {
      throw fault(broken);
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

  /// The fault to throw for what came out of the stream.
  private static IOException fault(JacksonIOException broken) throws MalformedPageException {
    IOException cause = broken.getCause();
    if (cause instanceof TooLong tooLong) {
      throw new MalformedPageException(
          "The page passes a limit: it is longer than " + tooLong.maxBytes + " bytes.");
    }
    if (cause instanceof CharConversionException) {
      throw new MalformedPageException("The page is not JSON: its bytes are no text.");
    }
    return cause != null ? cause : new IOException(broken);
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

    BoundedInput(InputStream in, PageLimits limits) {
      this.in = in;
      this.maxBytes = limits.maxBytes();
    }

    @Override
    public int read() throws IOException {
      int read = in.read();
      count(read < 0 ? 0 : 1);
      return read;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = in.read(buffer, offset, length);
      count(Math.max(read, 0));
      return read;
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
