package dev.wellhead.server.boot;

/// What libraries take from the process rather than from a constructor.
final class Ground {
  private Ground() {}

  /// Sends temporary files of libraries into the data folder, since nothing outside of it is
  /// written. To be called before SQLite is loaded, which unpacks its native library there.
  ///
  /// The JDK's own classes read `java.io.tmpdir` once, when the JVM starts; our code never uses
  /// them without naming a folder (forbiddenapis holds that).
  static void prepare(DataFolder folder) {
    System.setProperty("org.sqlite.tmpdir", folder.temporary().toString());
    System.setProperty("java.io.tmpdir", folder.temporary().toString());
  }
}
