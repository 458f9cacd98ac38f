package dev.wellhead.server.db;

import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Runs units of work on SQLite or PostgreSQL, with the same promises on both.
///
/// A write returns after COMMIT, so whoever is answered can rely on it. Writes behave as if one ran
/// after the other. Callers wait, so they are virtual threads; SQLite's native calls, which would
/// pin their carriers, run on platform threads of its own.
///
/// What a unit throws comes back to its own caller alone: a failed statement as [DatabaseFault],
/// anything else as it was thrown.
public final class Database implements AutoCloseable {
  private static final ScopedValue<Database> INSIDE = ScopedValue.newInstance();

  private final Engine engine;
  private final String where;
  private final Seam seam;

  /// Guards `closed`: shared by calls under way, alone by `close`, which so waits for them.
  private final ReadWriteLock doors = new ReentrantReadWriteLock();

  private boolean closed;

  private Database(Engine engine, String where, Seam seam) {
    this.engine = engine;
    this.where = where;
    this.seam = seam;
  }

  /// Opens the database and brings its schema up to date.
  public static Database open(DatabaseSettings settings, Migrations migrations)
      throws DatabaseRefusedException {
    return open(settings, migrations, Seam.NONE);
  }

  /// The same with a test's hand in between. Migrations run without it.
  public static Database open(DatabaseSettings settings, Migrations migrations, Seam seam)
      throws DatabaseRefusedException {
    return switch (settings) {
      case DatabaseSettings.Sqlite sqlite -> {
        SqliteDialect dialect = new SqliteDialect(sqlite);
        new Schema(dialect, migrations).bringUpToDate();
        DataSource writing = seam.over(dialect.writing());
        DataSource reading = seam.over(dialect.reading());
        yield new Database(
            new SqliteEngine(dialect.where(), writing, reading, sqlite.readers()),
            dialect.where(),
            seam);
      }
      case DatabaseSettings.Postgres postgres -> {
        PostgresDialect dialect = new PostgresDialect(postgres);
        new Schema(dialect, migrations).bringUpToDate();
        DataSource source = seam.over(dialect.source());
        yield new Database(
            new PostgresEngine(dialect.where(), source, postgres.connections()),
            dialect.where(),
            seam);
      }
    };
  }

  /// What `unit` finds in one snapshot of what is committed; it cannot write.
  public <T extends @Nullable Object> T read(Unit<T> unit) throws DatabaseFault {
    return enter(() -> engine.read(guarded(unit)));
  }

  /// What `unit` returns, once its changes are committed.
  public <T extends @Nullable Object> T write(Unit<T> unit) throws DatabaseFault {
    return enter(() -> engine.write(guarded(unit)));
  }

  /// Ends what was handed in, then refuses later calls with a [DatabaseFault].
  @Override
  public void close() {
    doors.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        engine.close();
      }
    } finally {
      doors.writeLock().unlock();
    }
  }

  @Override
  public String toString() {
    return where;
  }

  private <T extends @Nullable Object> T enter(Call<T> call) throws DatabaseFault {
    if (INSIDE.isBound()) {
      throw new IllegalStateException(
          "a unit of " + INSIDE.get() + " called " + this + "; use the handle it was given");
    }
    doors.readLock().lock();
    try {
      if (closed) {
        throw new DatabaseFault(where + " is closed, since the server is stopping");
      }
      return call.run();
    } finally {
      doors.readLock().unlock();
    }
  }

  private <T extends @Nullable Object> Unit<T> guarded(Unit<T> unit) {
    Unit<T> seen = seam.around(unit);
    return tx -> ScopedValue.where(INSIDE, this).call(() -> seen.run(tx));
  }

  private interface Call<T extends @Nullable Object> {
    T run() throws DatabaseFault;
  }
}
