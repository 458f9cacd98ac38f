package dev.wellhead.core.osv;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// A record as objects, lists and texts.
///
/// Every scalar is the text that stands in the file: `1.10` is a version there, and a number would
/// make `1.1` of it.
sealed interface RecordTree {
  record Node(Map<String, RecordTree> members) implements RecordTree {}

  record Items(List<RecordTree> items) implements RecordTree {}

  record Scalar(String text) implements RecordTree {}

  record Nothing() implements RecordTree {}

  /// Reads on from the parser's current token.
  static RecordTree read(JsonParser parser) {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      Map<String, RecordTree> members = new LinkedHashMap<>();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        members.put(name, read(parser));
      }
      return new Node(members);
    }
    if (token == JsonToken.START_ARRAY) {
      List<RecordTree> items = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        items.add(read(parser));
      }
      return new Items(items);
    }
    return token == null || token == JsonToken.VALUE_NULL
        ? new Nothing()
        : new Scalar(parser.getString());
  }

  /// What stands under `name`, `Nothing` where this is no object or has none.
  default RecordTree at(String name) {
    return this instanceof Node(Map<String, RecordTree> members)
        ? members.getOrDefault(name, new Nothing())
        : new Nothing();
  }

  /// The elements, none where this is no list.
  default List<RecordTree> elements() {
    return this instanceof Items(List<RecordTree> items) ? items : List.of();
  }

  /// The text, null where this is none.
  default @Nullable String text() {
    return this instanceof Scalar(String text) ? text : null;
  }

  /// The texts in a list.
  default List<String> texts() {
    return elements().stream().flatMap(one -> Optional.ofNullable(one.text()).stream()).toList();
  }
}
