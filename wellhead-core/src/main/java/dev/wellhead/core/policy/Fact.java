package dev.wellhead.core.policy;

/// What is known of one thing about a file. "We could not find out" is a value of its own.
public sealed interface Fact<T> {
  /// It is so.
  record Known<T>(T value) implements Fact<T> {}

  /// Nobody could find out; `why` is a clause without a full stop.
  record Unknown<T>(String why) implements Fact<T> {}

  /// It will be known when the file's bytes are here.
  record Pending<T>() implements Fact<T> {}
}
