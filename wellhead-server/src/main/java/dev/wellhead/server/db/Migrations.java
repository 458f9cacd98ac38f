package dev.wellhead.server.db;

/// The schema of one room as numbered scripts (`V1__what.sql`) on the class path.
///
/// Scripts that both engines run lie in `<location>/common`, those of one engine in
/// `<location>/sqlite` and `<location>/postgresql`; versions count across the folders. What ran is
/// remembered in `historyTable`, so that several rooms can share a database of PostgreSQL.
public record Migrations(String location, String historyTable) {
  public Migrations {
    if (!historyTable.matches("[a-z][a-z0-9_]{0,50}")) {
      throw new IllegalArgumentException("not a plain table name: " + historyTable);
    }
  }
}
