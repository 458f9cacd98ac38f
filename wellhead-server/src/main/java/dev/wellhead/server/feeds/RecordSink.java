package dev.wellhead.server.feeds;

/// Takes records one by one, as they are read.
interface RecordSink<X extends Exception> {
  /// Takes a record as it came.
  ///
  /// @param place the record's name in its source, for people and as a hint at its id
  void take(String place, byte[] record) throws X;

  /// A record that was not read, and why.
  void broken(String place, String why) throws X;
}
