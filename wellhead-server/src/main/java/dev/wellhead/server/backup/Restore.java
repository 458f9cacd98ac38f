package dev.wellhead.server.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wellhead.core.pypi.Sha256;
import dev.wellhead.server.blob.Blobs;
import dev.wellhead.server.blob.Incoming;
import dev.wellhead.server.db.Blueprint;
import dev.wellhead.server.db.DatabaseFault;
import dev.wellhead.server.db.DatabaseRefusedException;
import dev.wellhead.server.db.Load;
import dev.wellhead.server.db.RowSink;
import dev.wellhead.server.db.RowsDigest;
import dev.wellhead.server.db.Table;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A backup that is read, every part of it against its hash. Rows are taken in by one transaction
/// for each database, which commits when all of them were right.
public final class Restore implements AutoCloseable {
  private static final int LONGEST_SETTINGS = 1 << 20;

  private final Path from;
  private final PartsIn in;
  private final Manifest manifest;
  private final Watch watch;

  private Restore(Path from, PartsIn in, Manifest manifest, Watch watch) {
    this.from = from;
    this.in = in;
    this.manifest = manifest;
    this.watch = watch;
  }

  /// Opens a backup.
  ///
  /// @throws BackupRefusedException where it is none, half a one, or of a newer version
  public static Restore open(Path from, Watch watch) throws BackupRefusedException, IOException {
    if (!Files.exists(from)) {
      throw new BackupRefusedException("There is no " + from + ".");
    }
    PartsIn in;
    try {
      in = Files.isDirectory(from) ? new FolderIn(from) : TarIn.open(from);
    } catch (IOException e) {
      throw new BackupRefusedException(
          from + " cannot be read: " + e.getMessage() + ". Take another backup.");
    }
    boolean whole = false;
    try (InputStream text =
        in.open(Manifest.NAME)
            .orElseThrow(() ->
                new BackupRefusedException(
                    from
                        + " is no whole backup: it has no manifest, which is written last. Take"
                        + " another one."))) {
      Manifest manifest = Manifest.read(text, from.toString());
      whole = true;
      return new Restore(from, in, manifest, watch);
    } finally {
      if (!whole) {
        in.close();
      }
    }
  }

  public Manifest manifest() {
    return manifest;
  }

  /// The settings file that was kept with it.
  public Optional<byte[]> settings() throws BackupRefusedException, IOException {
    if (manifest.part(Manifest.SETTINGS) == null) {
      return Optional.empty();
    }
    Hashed.In part = part(Manifest.SETTINGS);
    try (part) {
      byte[] text = part.readNBytes(LONGEST_SETTINGS);
      verify(part, Manifest.SETTINGS);
      return Optional.of(text);
    }
  }

  /// Refuses a backup whose rows this version does not know.
  public void requireKnown(List<Source> targets) throws BackupRefusedException {
    for (Source target : targets) {
      long known = Blueprint.latest(target.migrations());
      long found = rowsOf(target).schema();
      if (found > known) {
        throw new BackupRefusedException(
            from
                + " was made by a newer version, Wellhead "
                + manifest.madeBy()
                + " (schema "
                + found
                + ", this one knows "
                + known
                + "): restore it with that one.");
      }
    }
  }

  /// Takes the files in.
  public void blobs(Blobs into) throws BackupRefusedException, IOException {
    long count = 0;
    long bytes = 0;
    Hashed.In list = part(Manifest.BLOB_LIST);
    try (list;
        BufferedReader lines = new BufferedReader(new InputStreamReader(list, UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.matches("[0-9a-f]{64} [0-9]{1,18}")) {
          throw damaged(Manifest.BLOB_LIST);
        }
        watch.at(
            String.format(
                Locale.ROOT, "files: %,d of %,d, %,d MB", count, manifest.blobs(), bytes >> 20));
        blob(new Sha256(line.substring(0, 64)), into);
        bytes += Long.parseLong(line.substring(65));
        count++;
      }
      verify(list, Manifest.BLOB_LIST);
    }
    if (count != manifest.blobs() || bytes != manifest.blobBytes()) {
      throw damaged(Manifest.BLOB_LIST);
    }
  }

  /// Takes the rows of one database in.
  ///
  /// @param scratch a folder for a file that is thrown away
  public void rows(Source target, Path scratch)
      throws BackupRefusedException, DatabaseFault, DatabaseRefusedException, IOException {
    Manifest.Rows kept = rowsOf(target);
    Blueprint blueprint = Blueprint.of(target.migrations(), kept.schema(), scratch);
    if (!blueprint.tables().stream()
        .map(Table::name)
        .toList()
        .equals(kept.tables().stream().map(Manifest.TableRows::name).toList())) {
      throw damaged(Manifest.NAME);
    }
    try (Load load = Load.into(target.settings(), target.migrations(), blueprint)) {
      for (int i = 0; i < kept.tables().size(); i++) {
        rows(target.name(), blueprint.tables().get(i), kept.tables().get(i), load);
      }
      watch.at("committing the rows of " + target.name());
      load.commit();
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private void rows(String database, Table table, Manifest.TableRows kept, Load load)
      throws BackupRefusedException, DatabaseFault, IOException {
    String name = database + "/" + table.name() + ".jsonl";
    watch.at("rows of " + table.name());
    Hashed.In part = part(name);
    try (part) {
      RowsDigest.Sum sum = new RowsDigest.Sum();
      RowsDigest there;
      try {
        there = load.<Stopped>fill(table, sink -> read(part, table, sum, sink));
      } catch (Stopped stopped) {
        throw stopped.why();
      }
      RowsDigest expected = new RowsDigest(kept.rows(), kept.sum());
      verify(part, name);
      if (!sum.digest().equals(expected)) {
        throw damaged(name);
      }
      if (!there.equals(expected)) {
        throw new BackupRefusedException(
            "The database holds other rows of "
                + table.name()
                + " than it was given: it was left empty.");
      }
    }
  }

  private void read(InputStream part, Table table, RowsDigest.Sum sum, RowSink<DatabaseFault> sink)
      throws DatabaseFault, Stopped {
    try {
      BufferedReader lines = new BufferedReader(new InputStreamReader(part, UTF_8));
      String head = lines.readLine();
      if (head == null || !RowText.isHead(head, table)) {
        throw damaged(table.name());
      }
      long count = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        var row = RowText.row(line, table);
        sum.add(row);
        sink.take(row);
        if (++count % 10_000 == 0) {
          watch.at("rows of " + table.name() + ": " + count);
        }
      }
    } catch (IOException | BackupRefusedException e) {
      throw new Stopped(e);
    }
  }

  private void blob(Sha256 sha256, Blobs into) throws BackupRefusedException, IOException {
    String name = Backup.blobPart(sha256);
    Optional<InputStream> found = in.open(name);
    if (found.isEmpty()) {
      throw new BackupRefusedException(
          "The part "
              + name
              + " of "
              + from
              + " is missing, or not where it was put: take another backup, or unpack this one into"
              + " a folder and restore that.");
    }
    try (InputStream part = found.get();
        Incoming incoming = into.receive()) {
      byte[] chunk = new byte[1 << 16];
      for (int read = part.read(chunk); read >= 0; read = part.read(chunk)) {
        incoming.write(ByteBuffer.wrap(chunk, 0, read));
      }
      if (!incoming.digest().equals(sha256)) {
        throw damaged(name);
      }
      incoming.keep();
    }
  }

  private Manifest.Rows rowsOf(Source target) throws BackupRefusedException {
    return manifest.databases().stream()
        .filter(rows -> rows.name().equals(target.name()))
        .findFirst()
        .orElseThrow(() -> damaged(Manifest.NAME));
  }

  private Hashed.In part(String name) throws BackupRefusedException, IOException {
    return new Hashed.In(
        in.open(name)
            .orElseThrow(() ->
                new BackupRefusedException(
                    "The part " + name + " of " + from + " is missing: take another backup.")));
  }

  private void verify(Hashed.In part, String name) throws BackupRefusedException, IOException {
    Manifest.Part stated = manifest.part(name);
    if (stated == null || !part.digest().hex().equals(stated.sha256())) {
      throw damaged(name);
    }
  }

  private BackupRefusedException damaged(String part) {
    return new BackupRefusedException(
        "The part " + part + " of " + from + " is damaged: take another backup.");
  }

  /// Carries what went wrong out of the taking in of rows.
  private static final class Stopped extends Exception {
    private static final long serialVersionUID = 1;

    Stopped(Exception cause) {
      super(cause);
    }

    BackupRefusedException why() throws IOException {
      return switch (getCause()) {
        case IOException e -> throw e;
        case BackupRefusedException e -> e;
        case null, default -> throw new IllegalStateException(this);
      };
    }
  }
}
