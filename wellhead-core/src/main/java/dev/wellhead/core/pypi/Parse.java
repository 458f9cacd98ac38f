package dev.wellhead.core.pypi;

import java.util.Optional;

/// What reading a text gave: the value, or a sentence that says why there is none.
///
/// Texts of the packaging world come from strangers, so "this is none" is an ordinary answer and
/// not an exception. The sentence names what was expected and where; it repeats at most a short,
/// printable piece of the text, so that it can be shown and logged as it is.
public sealed interface Parse<T> {
  /// The text was well-formed and means `value`.
  record Parsed<T>(T value) implements Parse<T> {}

  /// The text is malformed; `why` is a sentence for the person who wrote it.
  record Invalid<T>(String why) implements Parse<T> {}

  /// The value for those whom the reason does not concern.
  default Optional<T> toOptional() {
    return switch (this) {
      case Parsed<T>(T value) -> Optional.of(value);
      case Invalid<T> _ -> Optional.empty();
    };
  }
}
