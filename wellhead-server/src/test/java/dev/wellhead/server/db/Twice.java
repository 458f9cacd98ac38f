package dev.wellhead.server.db;

import org.jspecify.annotations.Nullable;

/// Runs each unit twice, as a lost race does: the first run is undone. A unit that leaves traces
/// outside of its transaction shows itself.
public final class Twice implements Seam {
  @Override
  public <T extends @Nullable Object> Unit<T> around(Unit<T> unit) {
    return tx -> {
      tx.savepoint("first_run");
      unit.run(tx);
      tx.rollbackToSavepoint("first_run");
      return unit.run(tx);
    };
  }
}
