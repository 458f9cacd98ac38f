package dev.wellhead.server.release;

import java.util.List;

/// Is told what an import does, from one thread.
public interface ImportWatch {
  /// After each file.
  void progress(ImportProgress progress);

  /// A file, or a whole project, that is left out.
  ///
  /// @param place where it is, for people
  void refused(String place, List<String> reasons);

  /// Whether to leave things in order and end.
  boolean cancelled();
}
