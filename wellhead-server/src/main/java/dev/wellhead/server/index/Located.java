package dev.wellhead.server.index;

import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.Sha256;
import dev.wellhead.server.catalog.HeldFile;
import dev.wellhead.server.firewall.Verdicts;
import java.time.Instant;

/// What lies at a path below `/files/`.
sealed interface Located {
  /// A file that its source lists, whose digest is known and which the gate lets through.
  ///
  /// @param ruling the gate's; where it awaits the bytes, they are looked into before any leaves
  record Found(
      Shelf shelf, ProjectName project, HeldFile file, Sha256 sha256, Verdicts.Ruling ruling)
      implements Located {}

  /// A file that the gate keeps.
  record Stopped(HeldFile file, Verdicts.Ruling ruling) implements Located {}

  /// A file that the source listed once.
  record Gone(Source source, String filename, Instant since) implements Located {}

  /// A file that the source gives no SHA-256 for, so that what arrives cannot be checked.
  record NoDigest(Source source, String filename) implements Located {}

  /// A file under a name that only this index itself may serve.
  record Reserved(String why) implements Located {}

  /// Nothing that any page of the source names.
  record Nothing(String why) implements Located {}

  /// It could not be found out.
  record CannotTell(String why, Instant again) implements Located {}
}
