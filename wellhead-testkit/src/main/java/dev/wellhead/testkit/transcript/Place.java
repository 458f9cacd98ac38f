package dev.wellhead.testkit.transcript;

/// Where something stands in a transcript, as `file:line`, so that an editor jumps there.
record Place(String file, int line) {
  @Override
  public String toString() {
    return file + ":" + line;
  }
}
