package dev.wellhead.server.db;

import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Where a test reaches into an opened database: between the code and JDBC, and around each unit.
///
/// A fault sweep hands in a data source whose statements and commits fail, before or after they
/// took hold; a contract test runs each unit twice.
public interface Seam {
  /// What the program itself runs with: nothing in between.
  Seam NONE = new Seam() {};

  /// The data source to use in place of `source`.
  default DataSource over(DataSource source) {
    return source;
  }

  /// The unit to run in place of `unit`.
  default <T extends @Nullable Object> Unit<T> around(Unit<T> unit) {
    return unit;
  }
}
