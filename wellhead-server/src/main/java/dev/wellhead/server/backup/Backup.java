package dev.wellhead.server.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wellhead.core.pypi.Sha256;
import dev.wellhead.server.blob.Blob;
import dev.wellhead.server.blob.Blobs;
import dev.wellhead.server.catalog.NamedBlobs;
import dev.wellhead.server.db.Blueprint;
import dev.wellhead.server.db.DatabaseFault;
import dev.wellhead.server.db.DatabaseRefusedException;
import dev.wellhead.server.db.RowsDigest;
import dev.wellhead.server.db.Snapshot;
import dev.wellhead.server.db.Table;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Copies everything that is kept, while it is in use: first all rows, of one moment for each
/// database, then the blobs that these rows name, and last the manifest.
///
/// Rows go out as text that both engines take in again. Nothing that the rows name may be collected
/// as garbage meanwhile: `boot` lets no such verb run beside this one.
public final class Backup {
  private static final byte[] LINE = {'\n'};

  private final List<Source> sources;
  private final Blobs blobs;
  private final Path scratch;
  private final Watch watch;
  private final List<Manifest.Part> parts = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private long blobCount;
  private long blobBytes;

  /// @param sources the databases; the first has the catalog
  /// @param scratch a folder for files that are thrown away
  public Backup(List<Source> sources, Blobs blobs, Path scratch, Watch watch) {
    this.sources = List.copyOf(sources);
    this.blobs = blobs;
    this.scratch = scratch;
    this.watch = watch;
  }

  /// Who makes it, when, and of what beside rows and blobs.
  ///
  /// @param settings a settings file to keep with it
  public record Order(
      Manifest.Content content, String version, Instant now, @Nullable Path settings) {}

  /// What was made.
  ///
  /// @param problems sentences about hosted files that could not be copied; all is well without
  public record Made(long rows, long blobs, long bytes, List<String> problems) {
    public Made {
      problems = List.copyOf(problems);
    }
  }

  /// Makes it, once.
  ///
  /// @param target a name that ends with `.tar`, or a folder that is not there yet or empty
  public Made make(Path target, Order order)
      throws BackupRefusedException, DatabaseFault, DatabaseRefusedException, IOException {
    String name = String.valueOf(target.getFileName()).toLowerCase(Locale.ROOT);
    if (name.matches(".*\\.(gz|tgz|zip|xz|zst|bz2)")) {
      throw new BackupRefusedException(
          "A backup is a folder or a plain .tar: name one of these, and compress it afterwards.");
    }
    try (PartsOut out =
        name.endsWith(".tar") ? TarOut.into(target, order.now()) : FolderOut.into(target)) {
      List<Manifest.Rows> databases = new ArrayList<>();
      for (Source source : sources) {
        databases.add(rows(source, out, order.content()));
      }
      blobs(out, order.content());
      if (order.settings() != null) {
        part(out, Manifest.SETTINGS, Files.readAllBytes(order.settings()));
      }
      Manifest manifest =
          new Manifest(
              order.version(),
              order.now().truncatedTo(ChronoUnit.SECONDS).toString(),
              order.content(),
              databases,
              blobCount,
              blobBytes,
              parts);
      watch.at("writing the manifest");
      out.finish(Manifest.NAME, manifest.json());
      return new Made(manifest.rows(), blobCount, blobBytes, problems);
    }
  }

  private Manifest.Rows rows(Source source, PartsOut out, Manifest.Content content)
      throws BackupRefusedException, DatabaseFault, DatabaseRefusedException, IOException {
    long schema = Blueprint.latest(source.migrations());
    Blueprint blueprint = Blueprint.of(source.migrations(), schema, scratch);
    List<Manifest.TableRows> tables = new ArrayList<>();
    try (Snapshot snapshot = Snapshot.open(source.settings())) {
      for (Table table : blueprint.tables()) {
        RowsDigest digest = rows(source.name(), table, snapshot, out);
        tables.add(new Manifest.TableRows(table.name(), digest.rows(), digest.sum()));
      }
      if (source.equals(sources.getFirst())) {
        list(snapshot, NamedBlobs.Of.HOSTED);
        if (content == Manifest.Content.EVERYTHING) {
          list(snapshot, NamedBlobs.Of.OTHERS);
        }
      }
    }
    return new Manifest.Rows(source.name(), schema, tables);
  }

  private RowsDigest rows(String database, Table table, Snapshot snapshot, PartsOut out)
      throws BackupRefusedException, DatabaseFault, IOException {
    String name = database + "/" + table.name() + ".jsonl";
    watch.at("rows of " + table.name());
    RowsDigest.Sum sum = new RowsDigest.Sum();
    Hashed.Out hashed = new Hashed.Out(new BufferedOutputStream(out.begin(name), 1 << 16));
    try (hashed) {
      hashed.write(RowText.head(table));
      hashed.write(LINE);
      long[] count = {0};
      try {
        snapshot.<Broken>rows(
            table,
            row -> {
              try {
                sum.add(row);
                hashed.write(RowText.line(row));
                hashed.write(LINE);
                if (++count[0] % 10_000 == 0) {
                  watch.at("rows of " + table.name() + ": " + count[0]);
                }
              } catch (IOException | BackupRefusedException e) {
                throw new Broken(e);
              }
            });
      } catch (Broken broken) {
        throw broken.cause();
      }
    }
    parts.add(new Manifest.Part(name, hashed.bytes(), hashed.digest().hex()));
    return sum.digest();
  }

  /// Written down, and not held in memory nor read while blobs are copied: a snapshot that stays
  /// open makes the log of SQLite grow.
  private void list(Snapshot snapshot, NamedBlobs.Of which) throws DatabaseFault, IOException {
    try (BufferedWriter list = Files.newBufferedWriter(listFile(which), UTF_8)) {
      List<IOException> broken = new ArrayList<>();
      snapshot.read(tx -> {
        NamedBlobs.each(
            tx,
            which,
            blob -> {
              try {
                list.write(blob.hex() + "\n");
              } catch (IOException e) {
                broken.add(e);
              }
            });
        return 0;
      });
      if (!broken.isEmpty()) {
        throw broken.getFirst();
      }
    }
  }

  private Path listFile(NamedBlobs.Of which) {
    return scratch.resolve("backup-" + which.name().toLowerCase(Locale.ROOT) + ".txt");
  }

  private void blobs(PartsOut out, Manifest.Content content)
      throws BackupRefusedException, IOException {
    Path copied = scratch.resolve("backup-copied.txt");
    try (BufferedWriter list = Files.newBufferedWriter(copied, UTF_8)) {
      for (NamedBlobs.Of which : NamedBlobs.Of.values()) {
        if (which == NamedBlobs.Of.HOSTED || content == Manifest.Content.EVERYTHING) {
          blobs(which, out, list);
        }
      }
    }
    try (InputStream in = Files.newInputStream(copied);
        Hashed.Out hashed = new Hashed.Out(out.begin(Manifest.BLOB_LIST))) {
      in.transferTo(hashed);
      parts.add(new Manifest.Part(Manifest.BLOB_LIST, hashed.bytes(), hashed.digest().hex()));
    }
    Files.delete(copied);
  }

  private void blobs(NamedBlobs.Of which, PartsOut out, BufferedWriter list)
      throws BackupRefusedException, IOException {
    try (BufferedReader named = Files.newBufferedReader(listFile(which), UTF_8)) {
      for (String line = named.readLine(); line != null; line = named.readLine()) {
        watch.at(String.format(Locale.ROOT, "files: %,d, %,d MB", blobCount, blobBytes >> 20));
        Optional<Blob> blob = blobs.find(new Sha256(line));
        if (blob.isEmpty()) {
          problem(which, line, "is not here");
        } else if (copied(blob.get(), out)) {
          list.write(line + " " + blob.get().length() + "\n");
        } else {
          problem(which, line, "is damaged");
        }
      }
    }
    Files.delete(listFile(which));
  }

  /// A file that an upstream can bring again is left out in silence; it is fetched when asked for.
  private void problem(NamedBlobs.Of which, String hash, String what) {
    if (which == NamedBlobs.Of.HOSTED) {
      problems.add("The hosted file with the SHA-256 " + hash + " " + what + "; fsck says more.");
    }
  }

  private boolean copied(Blob blob, PartsOut out) throws IOException {
    Hashed.Out hashed = new Hashed.Out(out.begin(blobPart(blob.sha256())));
    boolean sound;
    try (hashed;
        InputStream in = Files.newInputStream(blob.path())) {
      in.transferTo(hashed);
      sound = hashed.digest().equals(blob.sha256());
    } catch (NoSuchFileException removedMeanwhile) {
      sound = false;
    }
    if (!sound) {
      out.takeBack();
      return false;
    }
    blobCount++;
    blobBytes += hashed.bytes();
    return true;
  }

  private void part(PartsOut out, String name, byte[] content) throws IOException {
    Hashed.Out hashed = new Hashed.Out(out.begin(name));
    try (hashed) {
      hashed.write(content);
    }
    parts.add(new Manifest.Part(name, hashed.bytes(), hashed.digest().hex()));
  }

  static String blobPart(Sha256 blob) {
    return Manifest.BLOBS + blob.hex().substring(0, 2) + "/" + blob.hex();
  }

  /// Carries what went wrong out of the reading of rows.
  private static final class Broken extends Exception {
    private static final long serialVersionUID = 1;

    Broken(Exception cause) {
      super(cause);
    }

    BackupRefusedException cause() throws IOException {
      return switch (getCause()) {
        case IOException e -> throw e;
        case BackupRefusedException e -> e;
        case null, default -> throw new IllegalStateException(this);
      };
    }
  }
}
