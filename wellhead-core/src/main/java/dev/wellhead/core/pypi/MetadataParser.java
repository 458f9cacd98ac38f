package dev.wellhead.core.pypi;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Splits a metadata file into headers and body line by line, as Python's mail parser does.
///
/// A header is a name of printable ASCII without spaces, a colon and the rest of the line; lines
/// that begin with a space or a tab go on with it. An empty line ends the headers, and so does the
/// first line that is none of these, which then already belongs to the body: a second reading that
/// went on looking for headers there would see fields that no installer sees.
final class MetadataParser {
  /// The fields that may stand in a file but once.
  private static final Set<String> SINGLE =
      Set.of(
          "metadata-version",
          "name",
          "version",
          "summary",
          "description",
          "description-content-type",
          "requires-python",
          "license",
          "license-expression");

  private final String text;
  private final MetadataDocument.Limits limits;
  private final List<MetadataDocument.Header> headers = new ArrayList<>();
  private final List<String> oddities = new ArrayList<>();
  private int at;

  private MetadataParser(String text, MetadataDocument.Limits limits) {
    this.text = text;
    this.limits = limits;
  }

  static Parse<MetadataDocument> parse(byte[] file, MetadataDocument.Limits limits) {
    if (file.length > limits.bytes()) {
      return new Parse.Invalid<>(
          "The metadata file has "
              + file.length
              + " bytes; at most "
              + limits.bytes()
              + " are read.");
    }
    List<String> oddities = new ArrayList<>();
    String text = decode(file, oddities);
    MetadataParser parser =
        new MetadataParser(text.replace("\r\n", "\n").replace('\r', '\n'), limits);
    parser.oddities.addAll(oddities);
    return parser.document();
  }

  private static String decode(byte[] file, List<String> oddities) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file)).toString();
    } catch (CharacterCodingException _) {
      oddities.add("The file is not UTF-8; the bytes that are none are shown as U+FFFD.");
      text = new String(file, StandardCharsets.UTF_8);
    }
    if (text.startsWith("\uFEFF")) {
      oddities.add("The file begins with a byte order mark, which installers take for text.");
      return text.substring(1);
    }
    return text;
  }

  private Parse<MetadataDocument> document() {
    while (at < text.length() && headerLine()) {
      if (headers.size() > limits.headers()) {
        return new Parse.Invalid<>(
            "The metadata file has more than " + limits.headers() + " fields.");
      }
    }
    nameRepetitions();
    return new Parse.Parsed<>(new MetadataDocument(headers, text.substring(at), oddities));
  }

  /// Takes the header that begins here with the lines that go on with it; false where the body
  /// begins, with the place moved to its first line.
  private boolean headerLine() {
    int end = lineEnd(at);
    if (end == at) {
      at = nextLine(end);
      return false;
    }
    if (isIndented(at)) {
      oddities.add("An indented line that continues no field was passed over.");
      at = nextLine(end);
      return true;
    }
    if (isEnvelope(at)) {
      return envelope(end);
    }
    int colon = colon(at, end);
    if (colon < 0) {
      oddities.add(
          "The line "
              + Cursor.quote(text.substring(at, end))
              + " is no field: the description begins there, without an empty line before it.");
      return false;
    }
    String name = text.substring(at, colon);
    String value = value(colon + 1, end);
    if (name.isEmpty()) {
      oddities.add("A line begins with a colon; the field without a name was passed over.");
    } else {
      headers.add(new MetadataDocument.Header(name, value));
    }
    return true;
  }

  private String value(int start, int end) {
    StringBuilder value = new StringBuilder(text.substring(start, end).strip());
    at = nextLine(end);
    while (at < text.length() && isIndented(at)) {
      int lineEnd = lineEnd(at);
      value.append('\n').append(unindented(text.substring(at, lineEnd)));
      at = nextLine(lineEnd);
    }
    return value.toString();
  }

  private static String unindented(String line) {
    if (line.startsWith("       |") || line.startsWith("        ")) {
      return line.substring(8).stripTrailing();
    }
    return line.strip();
  }

  /// A line `From …` as mail boxes have it: mail parsers pass over it and see the fields behind it.
  /// As the last line before the body it belongs to the body.
  private boolean envelope(int end) {
    int next = nextLine(end);
    boolean first = at == 0;
    if (!first && (next == text.length() || !looksLikeHeader(next))) {
      oddities.add("The description begins with a line 'From ' among the fields.");
      return false;
    }
    oddities.add("A line that begins with 'From ' was passed over.");
    at = next;
    return true;
  }

  private boolean isEnvelope(int start) {
    return text.startsWith("From ", start);
  }

  private boolean looksLikeHeader(int start) {
    return isIndented(start) || isEnvelope(start) || colon(start, lineEnd(start)) >= 0;
  }

  /// The colon behind the name of a field, or -1 where the line is none.
  private int colon(int start, int end) {
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (c == ':') {
        return i;
      }
      if (c <= ' ' || c >= 127) {
        return -1;
      }
    }
    return -1;
  }

  private boolean isIndented(int start) {
    return text.charAt(start) == ' ' || text.charAt(start) == '\t';
  }

  private int lineEnd(int start) {
    int end = text.indexOf('\n', start);
    return end < 0 ? text.length() : end;
  }

  private int nextLine(int end) {
    return Math.min(end + 1, text.length());
  }

  private void nameRepetitions() {
    Set<String> seen = new HashSet<>();
    for (MetadataDocument.Header header : headers) {
      String name = header.name().toLowerCase(Locale.ROOT);
      if (SINGLE.contains(name) && !seen.add(name)) {
        oddities.add("The field " + header.name() + " stands there more than once.");
      }
    }
  }
}
