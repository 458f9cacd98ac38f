package dev.wellhead.server.db;

import java.nio.file.Path;

/// Where the data lies: a file of SQLite or a database of PostgreSQL.
public sealed interface DatabaseSettings {
  /// A file of SQLite in WAL mode, made when absent, read by `readers` threads.
  ///
  /// The native library is unpacked when the first database is opened, into the folder that the
  /// system property `org.sqlite.tmpdir` names, else into the system's temp folder. `boot` points
  /// it into the data folder, which must allow execution (no `noexec` mount).
  record Sqlite(Path file, Durability durability, int readers) implements DatabaseSettings {
    public Sqlite {
      if (readers < 1) {
        throw new IllegalArgumentException("readers must be at least 1: " + readers);
      }
    }

    /// With four readers, which measured well on two to eight cores.
    public Sqlite(Path file, Durability durability) {
      this(file, durability, 4);
    }
  }

  /// A database of PostgreSQL 15 or newer at a `jdbc:postgresql:` URL, with up to `connections`
  /// connections for writing and as many for reading.
  record Postgres(String url, String user, String password, int connections)
      implements DatabaseSettings {
    public Postgres {
      if (connections < 1) {
        throw new IllegalArgumentException("connections must be at least 1: " + connections);
      }
    }

    /// With eight connections of each kind.
    public Postgres(String url, String user, String password) {
      this(url, user, password, 8);
    }

    /// Without the password, since settings end up in logs.
    @Override
    public String toString() {
      return "Postgres[url=" + url + ", user=" + user + ", connections=" + connections + "]";
    }
  }
}
