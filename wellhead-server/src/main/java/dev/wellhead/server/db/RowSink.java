package dev.wellhead.server.db;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes rows, whose values are as [Table.Kind] says.
public interface RowSink<E extends Exception> {
  void take(List<@Nullable Object> row) throws E;
}
