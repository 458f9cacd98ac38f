package dev.wellhead.server.http;

import java.util.Map;
import java.util.Optional;

/// The fields of a form that a page sent, or the answer for one that cannot be read.
public sealed interface Form {
  /// The longest form that is ever read, in bytes.
  int LONGEST = 65_536;

  /// The fields, decoded; of a name given twice the first value.
  record Sent(Map<String, String> fields) implements Form {
    public Sent {
      fields = Map.copyOf(fields);
    }

    /// The value of this field.
    public Optional<String> field(String name) {
      return Optional.ofNullable(fields.get(name));
    }
  }

  /// What to answer instead: a problem of the 4xx kind.
  record Refused(Response answer) implements Form {}
}
