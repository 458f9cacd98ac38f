package dev.wellhead.server.index;

import dev.wellhead.core.archive.WheelMetadata;
import dev.wellhead.core.pypi.FileEntry;
import dev.wellhead.core.pypi.MetadataFile;
import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.ProjectStatus;
import dev.wellhead.core.pypi.ReleaseGuess;
import dev.wellhead.core.pypi.UploadTime;
import dev.wellhead.core.pypi.Yank;
import dev.wellhead.server.blob.Blob;
import dev.wellhead.server.blob.Blobs;
import dev.wellhead.server.blob.Incoming;
import dev.wellhead.server.catalog.Hosting;
import dev.wellhead.server.catalog.PageChange;
import dev.wellhead.server.catalog.SourceId;
import dev.wellhead.server.db.Database;
import dev.wellhead.server.db.DatabaseSettings;
import dev.wellhead.server.db.Durability;
import dev.wellhead.server.db.Migrations;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Hosts files as the writing door does, beside a running server: their bytes, then their rows.
public final class HostedFiles {
  private HostedFiles() {}

  /// Into the data folder of a server.
  public static void add(
      Path data, String filename, byte[] bytes, Instant uploaded, Yank yank, Instant now)
      throws Exception {
    Files.createDirectories(data);
    try (Database database =
        Database.open(
            new DatabaseSettings.Sqlite(data.resolve("wellhead.db"), Durability.NORMAL),
            new Migrations("db/house", "house_history"))) {
      add(database, new Blobs(data.resolve("blobs")), filename, bytes, uploaded, yank, now);
    }
  }

  static void add(
      Database database,
      Blobs blobs,
      String filename,
      byte[] bytes,
      Instant uploaded,
      Yank yank,
      Instant now)
      throws Exception {
    ProjectName project = ReleaseGuess.of(filename).orElseThrow().project();
    Blob blob = keep(blobs, bytes);
    FileEntry entry =
        new FileEntry(
            filename,
            "hosted:",
            Map.of("sha256", blob.sha256().hex()),
            blob.length(),
            new UploadTime.Stated(uploaded),
            ">=3.8",
            yank,
            metadata(blobs, blob, filename, project),
            null);
    boolean took =
        database.<Boolean>write(tx -> {
          SourceId source = Hosting.source(tx, now);
          PageChange change =
              Hosting.adding(
                      Hosting.held(tx, source, project).orElse(null),
                      project,
                      ProjectStatus.ACTIVE,
                      List.of(entry),
                      now)
                  .change();
          return change != null && Hosting.record(tx, source, change);
        });
    if (!took) {
      throw new IllegalStateException(filename + " is hosted already");
    }
  }

  private static MetadataFile metadata(Blobs blobs, Blob blob, String filename, ProjectName project)
      throws Exception {
    if (!filename.endsWith(".whl")) {
      return new MetadataFile.Absent();
    }
    try (FileChannel wheel = FileChannel.open(blob.path())) {
      return new MetadataFile.Hashed(keep(blobs, WheelMetadata.read(wheel, project)).sha256());
    }
  }

  private static Blob keep(Blobs blobs, byte[] bytes) throws IOException {
    try (Incoming incoming = blobs.receive()) {
      incoming.write(ByteBuffer.wrap(bytes));
      return incoming.keep();
    }
  }
}
