package dev.wellhead.server.release;

import dev.wellhead.server.blob.Blobs;
import dev.wellhead.server.db.Database;
import java.time.InstantSource;

/// What imports stand on.
public record ImportGround(
    Database database, Blobs blobs, Intake intake, InstantSource clock, ImportMode mode) {
  boolean isDry() {
    return mode == ImportMode.DRY_RUN;
  }

  HostedProjects hosted() {
    return new HostedProjects(database, clock);
  }
}
