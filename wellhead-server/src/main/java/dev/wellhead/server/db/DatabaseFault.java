package dev.wellhead.server.db;

/// The database did not do what was asked, for a reason that is not the caller's.
///
/// After a failed write the caller must not assume that nothing was written: a commit can take hold
/// and its answer be lost. A unit that failed by itself was rolled back.
public final class DatabaseFault extends Exception {
  private static final long serialVersionUID = 1;

  DatabaseFault(String message, Throwable cause) {
    super(message, cause);
  }

  DatabaseFault(String message) {
    super(message);
  }
}
