package dev.wellhead.server.db;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;

/// A file of SQLite: how it is made and opened.
final class SqliteDialect implements Dialect {
  /// How long a statement waits for another process, such as a backup, that holds the file.
  static final int BUSY_TIMEOUT_MS = 10_000;

  private static final int LOG_LIMIT_BYTES = 8_388_608;

  private final Path file;
  private final Durability durability;

  SqliteDialect(DatabaseSettings.Sqlite settings) {
    this.file = settings.file().toAbsolutePath().normalize();
    this.durability = settings.durability();
  }

  @Override
  public String where() {
    return "the database " + file;
  }

  @Override
  public String folder() {
    return "sqlite";
  }

  /// Ours is built in.
  @Override
  public int oldest() {
    return 3;
  }

  @Override
  public DataSource source() throws DatabaseRefusedException {
    makeFile();
    return open(SQLiteConfig.TransactionMode.DEFERRED);
  }

  /// Takes the write lock at once: two transactions that both began to read could not both go on to
  /// write.
  DataSource writing() {
    return open(SQLiteConfig.TransactionMode.IMMEDIATE);
  }

  DataSource reading() {
    return open(SQLiteConfig.TransactionMode.DEFERRED);
  }

  @Override
  public String refusal(SQLException e) {
    SQLiteErrorCode code = SQLiteErrorCode.getErrorCode(e.getErrorCode() & 0xff);
    return switch (code) {
      case SQLITE_NOTADB ->
          file + " is not a database of SQLite; move it away or name another data folder.";
      case SQLITE_CORRUPT ->
          file + " is damaged (" + e.getMessage() + "); restore it from a backup.";
      case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH ->
          file
              + " cannot be written; give the user that runs the server write access to the file"
              + " and its folder.";
      case SQLITE_BUSY, SQLITE_LOCKED ->
          file + " is held by another process; stop that one or name another data folder.";
      case SQLITE_FULL -> "there is no space left for " + file + "; free some.";
      default -> file + " cannot be opened: " + e.getMessage() + ".";
    };
  }

  @Override
  public boolean isMissingTable(SQLException e) {
    String message = e.getMessage();
    return message != null && message.contains("no such table");
  }

  @Override
  public boolean isShared() {
    return false;
  }

  private DataSource open(SQLiteConfig.TransactionMode mode) {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(
        switch (durability) {
          case FULL -> SQLiteConfig.SynchronousMode.FULL;
          case NORMAL -> SQLiteConfig.SynchronousMode.NORMAL;
        });
    config.setTransactionMode(mode);
    config.setBusyTimeout(BUSY_TIMEOUT_MS);
    config.enforceForeignKeys(true);
    config.setJournalSizeLimit(LOG_LIMIT_BYTES);
    config.setWalAutocheckpoint(0); // the writer does that, away from the commits
    config.setPragma(SQLiteConfig.Pragma.MMAP_SIZE, "0"); // with it each commit makes readers remap
    config.setTempStore(SQLiteConfig.TempStore.MEMORY); // nothing outside the data folder
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    return source;
  }

  /// Makes the file so that nobody else can read it; SQLite gives its log the same permissions.
  private void makeFile() throws DatabaseRefusedException {
    Path folder = file.getParent();
    if (folder == null || file.toString().indexOf('?') >= 0) {
      throw new DatabaseRefusedException(
          file + " cannot be a database; name a file in a folder, without a question mark.");
    }
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    try {
      Files.createDirectories(folder, privately(posix, "rwx------"));
      Files.createFile(file, privately(posix, "rw-------"));
    } catch (FileAlreadyExistsException present) {
      if (!Files.isDirectory(folder)) {
        throw new DatabaseRefusedException(
            folder + " is no folder; name another data folder.", present);
      }
      if (!Files.isRegularFile(file)) {
        throw new DatabaseRefusedException(
            file + " is not a file; move it away or name another data folder.", present);
      }
    } catch (IOException e) {
      throw new DatabaseRefusedException(
          "the folder "
              + folder
              + " cannot be written ("
              + e.getClass().getSimpleName()
              + "); give the user that runs the server write access, or name another data folder.",
          e);
    }
    if (!Files.isWritable(file) || !Files.isWritable(folder)) {
      throw new DatabaseRefusedException(
          file
              + " cannot be written; give the user that runs the server write access to the file"
              + " and its folder.");
    }
  }

  private static FileAttribute<?>[] privately(boolean posix, String permissions) {
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
