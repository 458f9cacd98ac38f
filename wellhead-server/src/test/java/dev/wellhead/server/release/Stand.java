package dev.wellhead.server.release;

import dev.wellhead.core.archive.ReadingLimits;
import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.server.blob.Blobs;
import dev.wellhead.server.catalog.HeldFile;
import dev.wellhead.server.catalog.HeldProject;
import dev.wellhead.server.db.Database;
import dev.wellhead.server.db.DatabaseRefusedException;
import dev.wellhead.server.db.DatabaseSettings;
import dev.wellhead.server.db.Durability;
import dev.wellhead.server.db.Migrations;
import dev.wellhead.server.db.Seam;
import dev.wellhead.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A database and a folder of blobs to import into, and what the import told.
public final class Stand implements AutoCloseable, ImportWatch {
  public static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

  private final Database database;
  private final Blobs blobs;
  private final ManualClock clock = new ManualClock(NOW);
  private final List<String> refused = new ArrayList<>();
  private final List<ImportProgress> progress = new ArrayList<>();
  private int cancelAfter = Integer.MAX_VALUE;

  public Stand(Path folder) throws DatabaseRefusedException {
    this(folder, Seam.NONE, folder.resolve("blobs"));
  }

  /// With a test's hand in between.
  public Stand(Path folder, Seam seam, Path blobs) throws DatabaseRefusedException {
    this(
        new DatabaseSettings.Sqlite(folder.resolve("wellhead.db"), Durability.NORMAL, 1),
        seam,
        blobs);
  }

  Stand(DatabaseSettings settings, Seam seam, Path blobs) throws DatabaseRefusedException {
    database = Database.open(settings, new Migrations("db/house", "house_history"), seam);
    this.blobs = new Blobs(blobs);
  }

  public ImportGround ground(ImportMode mode) {
    return new ImportGround(database, blobs, new Intake(ReadingLimits.USUAL), clock, mode);
  }

  public ImportGround ground() {
    return ground(ImportMode.IMPORT);
  }

  public Database database() {
    return database;
  }

  public Blobs blobs() {
    return blobs;
  }

  HostedProjects hosted() {
    return new HostedProjects(database, clock);
  }

  HeldProject project(String name) throws Exception {
    return hosted().held(new ProjectName(name)).orElseThrow();
  }

  /// The names of the files on a project's page, in its order.
  List<String> files(String name) throws Exception {
    return project(name).listed().stream()
        .map(HeldFile::entry)
        .map(entry -> entry.filename())
        .toList();
  }

  Stand cancelAfter(int files) {
    cancelAfter = files;
    return this;
  }

  List<String> refused() {
    return refused;
  }

  List<ImportProgress> progress() {
    return progress;
  }

  @Override
  public void progress(ImportProgress now) {
    progress.add(now);
  }

  @Override
  public void refused(String place, List<String> reasons) {
    refused.add(place + ": " + String.join(" ", reasons));
  }

  @Override
  public boolean cancelled() {
    return progress.size() >= cancelAfter;
  }

  @Override
  public void close() {
    database.close();
  }
}
