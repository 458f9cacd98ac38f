package dev.wellhead.core.osv;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;

/// Reads one record under limits, in the form that the factory reads.
final class BoundedRecord {
  /// The largest records of today have 300 kB.
  static final int MAX_BYTES = 4 << 20;

  static final StreamReadConstraints LIMITS =
      StreamReadConstraints.builder()
          .maxNestingDepth(32)
          .maxStringLength(1 << 20)
          .maxNameLength(1000)
          .maxNumberLength(1000)
          .build();

  private BoundedRecord() {}

  static OsvRead read(TokenStreamFactory form, byte[] bytes) {
    if (bytes.length > MAX_BYTES) {
      return new OsvRead.Broken(
          "The record has " + bytes.length + " bytes, and " + MAX_BYTES + " are the limit.");
    }
    RecordTree tree;
    try (JsonParser parser = form.createParser(ObjectReadContext.empty(), bytes)) {
      parser.nextToken();
      tree = RecordTree.read(parser);
      if (!(tree instanceof RecordTree.Node)) {
        return new OsvRead.Broken("The record is no object.");
      }
      if (parser.nextToken() != null) {
        return new OsvRead.Broken("The record goes on after its end.");
      }
    } catch (JacksonException wrong) {
      return new OsvRead.Broken("The record cannot be read: " + complaint(wrong) + ".");
    }
    try {
      return new OsvRead.Parsed(RecordReader.read(tree));
    } catch (RecordReader.BrokenException broken) {
      return new OsvRead.Broken(String.valueOf(broken.getMessage()));
    }
  }

  /// The first line of what the parser says, which repeats what it read: only what prints stays.
  private static String complaint(JacksonException wrong) {
    String message = String.valueOf(wrong.getOriginalMessage());
    StringBuilder out = new StringBuilder();
    message
        .lines()
        .findFirst()
        .orElse("")
        .chars()
        .limit(200)
        .forEach(c -> out.append(c >= ' ' && c < 127 ? (char) c : '?'));
    return out.toString();
  }
}
