package dev.wellhead.server.boot;

/// The version of this build, from the jar's manifest.
final class Versions {
  private Versions() {}

  /// Such as `0.1.0`; `development` where the classes do not come from a jar.
  static String current() {
    String version = Versions.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
