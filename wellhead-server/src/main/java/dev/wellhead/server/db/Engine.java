package dev.wellhead.server.db;

import org.jspecify.annotations.Nullable;

/// How units are run on one kind of database. [Database] sees to it that none is handed in after
/// `close`, nor during another.
interface Engine {
  <T extends @Nullable Object> T read(Unit<T> unit) throws DatabaseFault;

  <T extends @Nullable Object> T write(Unit<T> unit) throws DatabaseFault;

  void close();
}
