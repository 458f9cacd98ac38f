package dev.wellhead.core.pypi;

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
    BoundedInput bounded = new BoundedInput(in, limits.maxBytes());
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
    if (cause instanceof BoundedInput.TooLongException tooLong) {
      throw new MalformedPageException(String.valueOf(tooLong.getMessage()));
    }
    IOException own = in.fault();
    if (own == null) {
      throw new MalformedPageException("The page is not JSON: its bytes are no text.");
    }
    return own;
  }

  private static String complaint(JacksonException exception) {
    String message = PageRules.printable(exception.getOriginalMessage(), MAX_COMPLAINT_LENGTH);
    TokenStreamLocation at = exception.getLocation();
    return at == null
        ? message
        : message + " at line " + at.getLineNr() + ", column " + at.getColumnNr();
  }
}
