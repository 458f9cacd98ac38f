package dev.wellhead.server.db;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Work on the database that takes hold wholly or not at all.
///
/// It sees one transaction and ends neither it nor the connection. It does no I/O, no cryptography,
/// does not call the database again, and changes nothing outside the handle, since it may run
/// twice: a transaction that lost a race is run again from the start.
@FunctionalInterface
public interface Unit<T extends @Nullable Object> {
  /// Runs inside the transaction of `tx`; what it throws rolls its own changes back.
  T run(Handle tx);
}
